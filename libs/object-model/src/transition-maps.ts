import type { ConnectionStatus, NextStatus, TransitionMap } from './connection-status.ts';

const meaning: Readonly<Record<ConnectionStatus, string>> = {
  discovered: 'It was found again; nothing is tried to reach it.',
  registered: 'It can be reached and is known; nothing is read from it yet.',
  connected: 'Somebody wants it to be used.',
  ignored: 'Somebody wants it to be left alone.',
  maintenance: 'It is kept, and not used for a while.',
  disconnected: 'Somebody wants it not to be used any more.',
  deleted: 'Somebody wants it to be forgotten.',
  'not found': 'It is not where it was.',
};

function next(...statuses: readonly ConnectionStatus[]): readonly NextStatus[] {
  return statuses.map((nextState) => ({ nextState, description: meaning[nextState] }));
}

/** The life of what is found and run by the product itself: clusters, adapters. */
export const clusterLife: TransitionMap = {
  discovered: next('registered', 'not found', 'deleted'),
  registered: next('connected', 'ignored', 'deleted'),
  connected: next('disconnected', 'maintenance', 'ignored', 'not found', 'deleted'),
  ignored: next('registered', 'deleted'),
  maintenance: next('registered', 'connected', 'ignored', 'not found', 'deleted'),
  disconnected: next('connected', 'deleted'),
  'not found': next('discovered', 'deleted'),
};

/** The life of a server that somebody names by its address. */
export const serverLife: TransitionMap = {
  discovered: next('registered', 'not found', 'deleted'),
  registered: next('connected', 'ignored', 'deleted'),
  connected: next('disconnected', 'maintenance', 'not found', 'deleted'),
  ignored: next('registered', 'deleted'),
  maintenance: next('connected', 'disconnected', 'deleted'),
  disconnected: next('connected', 'deleted'),
  'not found': next('discovered', 'deleted'),
};

/** The life of what the server finds beside a cluster and follows: nobody disconnects it, it is removed from the cluster. */
export const followedLife: TransitionMap = {
  discovered: next('registered', 'not found', 'deleted'),
  registered: next('connected', 'not found', 'deleted'),
  connected: next('registered', 'not found', 'deleted'),
  // Nothing leads here any more; records of earlier versions may be here.
  ignored: next('registered', 'deleted'),
  maintenance: next('registered', 'deleted'),
  disconnected: next('registered', 'deleted'),
  'not found': next('discovered', 'deleted'),
};
