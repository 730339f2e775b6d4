import type { ControllerFacts, PartFacts } from './controller-facts.ts';

/** Published names of states; the misspelt one is what clients know. */
export type ControllerState =
  'DEPLOYED' | 'NOTDEPLOYED' | 'DEPLOYING' | 'UNKOWN' | 'UNDEPLOYED' | 'RUNNING' | 'CONNECTED';

/** The published state of one controller of one connection. */
export interface ControllerStatus {
  readonly connectionId: string;
  readonly controller: 'OPERATOR' | 'MESHSYNC' | 'BROKER';
  readonly status: ControllerState;
  readonly version: string;
}

/** The published answer about MeshSync or a broker, in words. */
export interface ControllerInfo {
  readonly name: 'MeshSync' | 'MesheryBroker';
  readonly version: string;
  readonly status: string;
  readonly connectionId: string;
}

const delivering: ReadonlySet<string> = new Set(['in-sync', 'syncing', 'degraded']);

/** State and version of the operator. */
export function operatorStatus(facts: ControllerFacts): ControllerStatus {
  return row(facts, 'OPERATOR', facts.operator, stateOf(facts, facts.operator, 'DEPLOYED'));
}

/** State and version of MeshSync; where this server discovers by itself, its own discovery stands for it. */
export function meshSyncStatus(facts: ControllerFacts): ControllerStatus {
  const { mode, discovery, meshSync } = facts;
  if (mode === 'embedded' && meshSync === undefined) {
    const status = delivering.has(discovery.state) ? 'RUNNING' : 'UNKOWN';
    return { connectionId: facts.connectionId, controller: 'MESHSYNC', status, version: discovery.version };
  }
  const isConnected = meshSync?.publishingTo !== '' && delivering.has(discovery.state);
  return row(facts, 'MESHSYNC', meshSync, stateOf(facts, meshSync, isConnected ? 'CONNECTED' : 'RUNNING'));
}

/** State and version of the broker: connected while a bridge says so; else while what it carries arrives here. */
export function brokerStatus(facts: ControllerFacts): ControllerStatus {
  const arrives = facts.mode === 'operator' && delivering.has(facts.discovery.state);
  const isConnected = facts.subscription?.isReached ?? arrives;
  return row(facts, 'BROKER', facts.broker, stateOf(facts, facts.broker, isConnected ? 'CONNECTED' : 'DEPLOYED'));
}

/** All three of one connection. */
export function allStatuses(facts: ControllerFacts): readonly ControllerStatus[] {
  return [operatorStatus(facts), meshSyncStatus(facts), brokerStatus(facts)];
}

/** MeshSync in words. */
export function meshSyncInfo(facts: ControllerFacts): ControllerInfo {
  const { status, version } = meshSyncStatus(facts);
  return {
    name: 'MeshSync',
    version,
    status: inWords(status, facts.meshSync?.publishingTo),
    connectionId: facts.connectionId,
  };
}

/** The broker in words. */
export function brokerInfo(facts: ControllerFacts): ControllerInfo {
  const { status, version } = brokerStatus(facts);
  const { external = '', internal = '' } = facts.broker ?? {};
  const endpoint = external === '' ? internal : external;
  return { name: 'MesheryBroker', version, status: inWords(status, endpoint), connectionId: facts.connectionId };
}

function stateOf(facts: ControllerFacts, part: PartFacts | undefined, working: ControllerState): ControllerState {
  if (part === undefined) return facts.fault === undefined ? 'NOTDEPLOYED' : 'UNKOWN';
  if (part.isLeaving) return 'UNDEPLOYED';
  return part.isReady ? working : 'DEPLOYING';
}

function row(
  { connectionId }: ControllerFacts,
  controller: ControllerStatus['controller'],
  part: PartFacts | undefined,
  status: ControllerState,
): ControllerStatus {
  return { connectionId, controller, status, version: part?.version ?? '' };
}

function inWords(status: ControllerState, endpoint: string | undefined): string {
  return status === 'CONNECTED' && endpoint !== undefined && endpoint !== '' ? `Connected ${endpoint}` : status;
}
