import type { ClusterStatus, KindStatus } from '@meshery/contracts';
import { agentStates, kindStates, sources } from './wire-codes.ts';

/** A cluster and its kinds as stored; times in unix milliseconds. */
export interface StoredCluster {
  readonly clusterId: string;
  readonly name: string;
  readonly apiServerUrl: string;
  readonly source: number;
  /** The newest run. */
  readonly incarnation: string;
  readonly state: number;
  readonly reason: string;
  readonly message: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly kinds: readonly StoredKind[];
}

/** A kind of a cluster as stored. */
export interface StoredKind {
  readonly resource: string;
  readonly objectKind: string;
  readonly namespaced: boolean;
  /** The run that last spoke of it. */
  readonly incarnation: string;
  readonly state: number;
  readonly reason: string;
  readonly message: string;
  readonly objectCount: number;
  readonly since: number;
}

const kindStateNames: Readonly<Record<number, KindStatus['state']>> = {
  [kindStates.unspecified]: 'syncing',
  [kindStates.syncing]: 'syncing',
  [kindStates.synced]: 'synced',
  [kindStates.forbidden]: 'forbidden',
  [kindStates.unsupported]: 'unsupported',
  [kindStates.lagging]: 'lagging',
  [kindStates.excluded]: 'excluded',
};

const sourceNames: Readonly<Record<number, ClusterStatus['source']>> = {
  [sources.embedded]: 'embedded',
  [sources.published]: 'published',
};

/** Derives what a person sees of a cluster. `connected`: a run of it spoke to this process. */
export function toClusterStatus(cluster: StoredCluster, connected: boolean): ClusterStatus {
  const kinds = cluster.kinds
    .filter((kind) => kind.resource !== '' && kind.state !== kindStates.removed)
    .map((kind) => toKindStatus(connected && isUnspoken(cluster, kind) ? { ...kind, ...awaited } : kind));
  return {
    id: cluster.clusterId,
    name: cluster.name,
    apiServerUrl: cluster.apiServerUrl,
    source: sourceNames[cluster.source] ?? 'agent',
    ...describe(cluster, kinds, connected),
    firstSeen: new Date(cluster.firstSeen).toISOString(),
    lastSeen: new Date(cluster.lastSeen).toISOString(),
    objectCount: kinds.reduce((sum, kind) => sum + kind.count, 0),
    kinds,
  };
}

const awaited = { state: kindStates.syncing, reason: 'Waiting', message: 'The present run has not spoken of it yet.' };

/** A state that an earlier run reported says nothing about this one. */
function isUnspoken(cluster: StoredCluster, kind: StoredKind): boolean {
  return kind.state === kindStates.synced && kind.incarnation !== cluster.incarnation;
}

function toKindStatus(kind: StoredKind): KindStatus {
  return {
    resource: kind.resource,
    kind: kind.objectKind,
    namespaced: kind.namespaced,
    state: kindStateNames[kind.state] ?? 'syncing',
    reason: kind.reason,
    message: kind.message,
    count: kind.objectCount,
    since: new Date(kind.since).toISOString(),
  };
}

/** Since when the rows of a cluster are not kept up to date, in unix milliseconds; undefined while they are. */
export function staleSince(cluster: Pick<StoredCluster, 'state' | 'lastSeen'>, connected: boolean): number | undefined {
  return connected && cluster.state !== agentStates.stopped ? undefined : cluster.lastSeen;
}

type Description = Pick<ClusterStatus, 'state' | 'reason' | 'message'>;

function describe(cluster: StoredCluster, kinds: readonly KindStatus[], connected: boolean): Description {
  const { reason, message } = cluster;
  if (staleSince(cluster, connected) !== undefined) {
    return { state: 'stale', reason: reason === '' ? 'NoRun' : reason, message: message === '' ? noRun : message };
  }
  if (cluster.state === agentStates.degraded) {
    return { state: /unreachable|refused/i.test(reason) ? 'unreachable' : 'degraded', reason, message };
  }
  const troubled = kinds.find((kind) => kind.state === 'lagging' || kind.state === 'forbidden');
  if (troubled !== undefined) {
    return { state: 'degraded', reason: troubled.reason, message: `${troubled.resource}: ${troubled.message}` };
  }
  const syncing = kinds.filter((kind) => kind.state === 'syncing').length;
  if (syncing > 0 || kinds.length === 0) {
    return { state: 'syncing', reason: 'Syncing', message: `${syncing} of ${kinds.length} kinds are being read.` };
  }
  return { state: 'in-sync', reason: 'InSync', message: '' };
}

const noRun = 'No discovery is connected: the rows are as of the time in lastSeen.';
