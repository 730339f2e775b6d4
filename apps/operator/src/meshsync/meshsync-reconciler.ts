import { ObjectReconciler } from '@meshery/kube/reconcile';
import type { EventRecorder, Findings, ObjectWatch } from '@meshery/kube/reconcile';
import { kinds } from '../cluster/kinds.ts';
import type { MeshSync } from '../cluster/kinds.ts';
import { meshSyncContext } from './meshsync-context.ts';
import type { MeshSyncContext } from './meshsync-context.ts';
import { accessStep, removeAccess } from './steps/access-step.ts';
import { agentStep } from './steps/agent-step.ts';
import type { MeshSyncDeps } from './steps/meshsync-deps.ts';
import { targetStep } from './steps/target-step.ts';

/** What the reconciler of MeshSyncs needs. */
export interface MeshSyncReconcilerDeps extends MeshSyncDeps {
  readonly watch: ObjectWatch<MeshSync>;
  readonly recorder: EventRecorder;
  /** Asks the hops of a probe, after everything else. */
  readonly probe: (context: MeshSyncContext, signal: AbortSignal) => Promise<void>;
}

/** Finalizer that published operators set. */
const publishedFinalizer = 'meshsync.meshery.io/finalizer';

/** Keeps the agent of each MeshSync as it is wanted. */
export function meshSyncReconciler(deps: MeshSyncReconcilerDeps): ObjectReconciler<MeshSync, MeshSyncContext> {
  const { watch, client, recorder, clock } = deps;
  return new ObjectReconciler<MeshSync, MeshSyncContext>({
    type: kinds.meshSync,
    watch,
    client,
    recorder,
    clock,
    context: meshSyncContext,
    steps: [targetStep(deps), accessStep(deps), agentStep(deps)],
    last: deps.probe,
    findings: findingsOf,
    finalizers: [publishedFinalizer],
    cleanUp: (key, signal) => removeAccess(deps, key, signal),
  });
}

function findingsOf(context: MeshSyncContext): Findings {
  const { meshSync, target, version, conditions, probe } = context;
  const before = meshSync.status;
  return {
    status: {
      'publishing-to': target === undefined ? before?.['publishing-to'] : withoutCredentials(target.url),
      version: version ?? before?.version,
      probe: probe ?? before?.probe,
    },
    conditions,
  };
}

/** A URL of the user's own, or several, may have some in spite of all advice; more people read a status. */
function withoutCredentials(url: string): string {
  return url.replaceAll(/(^|\/\/|,)[^/@,]*@/g, '$1');
}
