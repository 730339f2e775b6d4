export { KubeClient } from '../client/kube-client.ts';
export type { DeleteOptions, KubeClientDeps, ListOptions } from '../client/kube-client.ts';
export { apiVersionOf, collectionPath, controllerReference, keyOf, objectPath, refOf } from '../client/kube-object.ts';
export type {
  KubeObject,
  ObjectMeta,
  ObjectRef,
  OwnerReference,
  ResourceType,
  WantedObject,
} from '../client/kube-object.ts';
export { Applier, appliedAnnotation, holds, isApplied } from './applier.ts';
export { summarise } from './conditions.ts';
export type { Condition, ConditionInput, Judgement } from './conditions.ts';
export { Controller } from './controller.ts';
export type { ControllerOptions } from './controller.ts';
export { EventRecorder } from './event-recorder.ts';
export type { EventNote, EventRecorderOptions } from './event-recorder.ts';
export { LeaseElector, leaseType } from './lease-elector.ts';
export type { LeaseElectorOptions } from './lease-elector.ts';
export { mergePatch } from './merge-patch.ts';
export { createReconcileMetrics } from './metrics.ts';
export type { ReconcileMetrics } from './metrics.ts';
export { ObjectReconciler } from './object-reconciler.ts';
export type { ConditionedObject, Findings, ObjectReconcilerOptions } from './object-reconciler.ts';
export { ObjectWatch } from './object-watch.ts';
export type { ObjectWatchOptions, WatchBase, WatchState } from './object-watch.ts';
export { done, failureOf, runSteps } from './outcome.ts';
export type { Outcome, Step } from './outcome.ts';
export { WorkQueue } from './work-queue.ts';
export type { WorkQueueOptions } from './work-queue.ts';
