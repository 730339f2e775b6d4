/** Subjects of the published MeshSync contract; names are fixed by published servers and agents. */
export const publishedSubjects = {
  /** Agent to server: one resource event per message. */
  core: 'meshery.meshsync.core',
  /** Server to agent: requests; agents subscribe with `requestQueue`. */
  request: 'meshery.meshsync.request',
  /** Agent to server: log chunks of all sessions. */
  logs: 'meshery.meshsync.logs',
  /** Agent to server: ids of running terminal sessions. */
  activeSessions: 'active_sessions.exec',
  /** Agent to server: the agent's version. */
  meta: 'meshsync-meta',
  /** Reply subject that a server names in its `informer-store` request. */
  store: 'meshery-server.meshsync.store',
} as const;

/** Queue group of agents on the request subject. */
export const requestQueue = 'meshsync-request-stream';

/** Where messages go that cannot be used; the reason is in the headers. */
export const parkedSubject = 'meshery.parked';

/** Every native batch of every cluster of a broker: what the batch stream stores. */
export const allBatchesSubject = 'meshery.inventory.v1.*.batch';

const prefix = 'meshery.inventory.v1';
const clusterIdForm = /^[A-Za-z0-9_-]{1,128}$/;

/** True when a cluster id can be one token of a subject (no dot, space or wildcard). */
export function isSubjectToken(clusterId: string): boolean {
  return clusterIdForm.test(clusterId);
}

function subjectOf(clusterId: string, channel: 'batch' | 'open' | 'control'): string {
  if (!isSubjectToken(clusterId)) throw new RangeError('The cluster id has characters that a subject cannot carry.');
  return `${prefix}.${clusterId}.${channel}`;
}

/** Agent to bridge, through the stream: one encoded Batch per message (or one chunk of it). Throws RangeError. */
export const batchSubject = (clusterId: string): string => subjectOf(clusterId, 'batch');

/** Agent to bridge, request and reply: OpenRunRequest, OpenRunResponse. Throws RangeError. */
export const openSubject = (clusterId: string): string => subjectOf(clusterId, 'open');

/** Bridge to agent: one control as JSON per message. Throws RangeError. */
export const controlSubject = (clusterId: string): string => subjectOf(clusterId, 'control');

/** The open requests of every cluster of a broker. */
export const allOpenSubject = `${prefix}.*.open`;

/** Cluster id of a native subject; undefined for any other subject. */
export function clusterIdOfSubject(subject: string): string | undefined {
  return /^meshery\.inventory\.v1\.([A-Za-z0-9_-]+)\.(?:batch|open|control)$/.exec(subject)?.[1];
}

/** What can be asked of a native agent. */
export const requestVerbs = ['logs', 'exec', 'resync', 'meta', 'sessions'] as const;

/** One of the native requests. */
export type RequestVerb = (typeof requestVerbs)[number];

const requestPrefix = 'meshery.requests.v1';

/** Client to agent, answered on the reply subject: one request as JSON. Throws RangeError. */
export function requestSubject(clusterId: string, verb: RequestVerb): string {
  if (!isSubjectToken(clusterId)) throw new RangeError('The cluster id has characters that a subject cannot carry.');
  return `${requestPrefix}.${clusterId}.${verb}`;
}

/** Client to agent: what a session of `logs` or `exec` is told while it lasts. Throws RangeError. */
export function sessionSubject(clusterId: string, id: string): string {
  if (!isSubjectToken(clusterId) || !isSubjectToken(id))
    throw new RangeError('The cluster id or the session id has characters that a subject cannot carry.');
  return `${requestPrefix}.${clusterId}.session.${id}`;
}

/**
 * Header of a published request whose sender also speaks the native form (the bridge): native agents need not answer
 * it, for what they find arrives anyway.
 */
export const speaksNativeHeader = 'Meshery-Speaks-Native';
