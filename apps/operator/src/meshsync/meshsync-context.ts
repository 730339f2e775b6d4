import type { AgentStatusDocument } from '@meshery/contracts';
import type { MeshSyncSpec } from '@meshery/contracts/crds';
import { controllerReference } from '@meshery/kube/reconcile';
import type { Judgement, ObjectRef, WantedObject } from '@meshery/kube/reconcile';
import { managedBy } from '../cluster/owned-objects.ts';
import type { ObjectBody } from '../cluster/owned-objects.ts';
import type { MeshSync } from '../cluster/kinds.ts';
import type { ProbeResult } from '../probe/probe-result.ts';

/** Names of everything that belongs to one MeshSync. */
export interface MeshSyncNames {
  readonly namespace: string;
  /** Of Deployment, ServiceAccount, Role, RoleBinding and Lease. */
  readonly base: string;
  /** Secret with credentials and authority of the broker or the server: keys `token` and `ca.crt`. */
  readonly broker: string;
  /** Of the ClusterRoleBinding. */
  readonly binding: string;
}

/** Where the agent publishes to: a broker, or the server itself. */
export interface Target {
  /** nats://host:port, tls://host:port or grpcs://host:port, without credentials. */
  readonly url: string;
  /** USER:PASSWORD or a token. */
  readonly token: string | undefined;
  /** PEM. */
  readonly ca: string | undefined;
}

/** What the steps of one reconcile of a MeshSync find out for each other, and for the status. */
export interface MeshSyncContext {
  readonly meshSync: MeshSync;
  readonly spec: MeshSyncSpec;
  readonly names: MeshSyncNames;
  readonly size: number;
  readonly conditions: Judgement[];
  image?: string;
  version?: string;
  target?: Target;
  agent?: AgentStatusDocument;
  probe?: ProbeResult;
}

/** Names a Broker. */
export interface BrokerRef {
  readonly namespace: string;
  readonly name: string;
}

/** The Broker that a MeshSync publishes to: of its own namespace when none is named; undefined without a native one. */
export function nativeBrokerOf({ metadata, spec }: MeshSync): BrokerRef | undefined {
  const { name = '', namespace = '' } = spec?.broker?.native ?? {};
  if (name === '') return undefined;
  return { namespace: namespace === '' ? (metadata.namespace ?? 'default') : namespace, name };
}

/** Nothing known yet but what the object says. */
export function meshSyncContext(meshSync: MeshSync): MeshSyncContext {
  const spec = meshSync.spec ?? {};
  const size = spec.size === undefined || spec.size === 0 ? 1 : spec.size;
  return { meshSync, spec, names: meshSyncNames(meshSync.metadata), size, conditions: [] };
}

/** Names derived from the MeshSync's own, so that several live in one namespace. */
export function meshSyncNames({ name, namespace = 'default' }: ObjectRef): MeshSyncNames {
  return { namespace, base: name, broker: `${name}-broker`, binding: `meshery-meshsync:${namespace}:${name}` };
}

/** Labels that select the pods of one MeshSync. */
export function meshSyncSelector({ base }: MeshSyncNames): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': 'meshsync', 'app.kubernetes.io/instance': base };
}

/** Labels of everything that belongs to a MeshSync; `app` and `component` are those of published operators. */
export function meshSyncLabels(names: MeshSyncNames): Readonly<Record<string, string>> {
  const published = { app: 'meshery', component: 'meshsync' };
  return { ...published, ...meshSyncSelector(names), ...managedBy, 'app.kubernetes.io/part-of': 'meshery' };
}

/** An object in the MeshSync's namespace that is deleted with it. */
export function ownedBy(context: MeshSyncContext, name: string, rest: ObjectBody): WantedObject {
  const { meshSync, names } = context;
  const ownerReferences = [controllerReference(meshSync)];
  const metadata = { name, namespace: names.namespace, labels: meshSyncLabels(names), ownerReferences };
  return { ...rest, metadata };
}
