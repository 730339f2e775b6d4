/** Programs of ours that run on Node. */
export type NodeProgram = 'server' | 'operator' | 'meshsync' | 'broker-bridge' | 'remote-provider';

/** One heap of malloc for all threads: each of the others keeps what its thread once needed (25 MB in the agent). */
const oneHeap = { MALLOC_ARENA_MAX: '1' };

/**
 * Environment of our programs that decides how much memory they keep, as glibc and Node read it when they start. Images,
 * `npm start`, tests and benchmarks run them with it; other systems ignore it.
 */
export const memorySettings: Readonly<Record<NodeProgram, Readonly<Record<string, string>>>> = {
  server: oneHeap,
  operator: oneHeap,
  meshsync: oneHeap,
  'remote-provider': oneHeap,
  /** Nearly everything that passes through is garbage at once: the young heap stays small. */
  'broker-bridge': { ...oneHeap, NODE_OPTIONS: '--max-semi-space-size=4' },
};
