/** Programs of ours that run on Node. */
export type NodeProgram = 'server' | 'operator' | 'meshsync' | 'broker-bridge';

/** One heap of malloc for all threads: each of the others keeps what its thread once needed (25 MB in the agent). */
const oneHeap = { MALLOC_ARENA_MAX: '1' };

/**
 * Environment of our programs that decides how much memory they keep, as glibc and Node read it when they start. Images,
 * `npm start`, tests and benchmarks run them with it; other systems ignore it.
 */
export const memorySettings: Readonly<Record<NodeProgram, Readonly<Record<string, string>>>> = {
  /**
   * A fixed threshold of trimming: by itself glibc raises it to twice the largest buffer that was freed, and the server
   * would keep that much. Larger buffers are mapped on their own and leave no hole behind; a page of a list is smaller.
   */
  server: { ...oneHeap, MALLOC_MMAP_THRESHOLD_: '32768', MALLOC_TRIM_THRESHOLD_: '1048576' },
  operator: oneHeap,
  meshsync: oneHeap,
  /**
   * Batches and the frames of 16 KB in which HTTP/2 carries them are buffers that come and go: each is mapped on its own
   * and given back, and the young heap stays small.
   */
  'broker-bridge': {
    ...oneHeap,
    MALLOC_MMAP_THRESHOLD_: '16384',
    MALLOC_TRIM_THRESHOLD_: '131072',
    NODE_OPTIONS: '--max-semi-space-size=4',
  },
};
