import { allBatchesSubject, parkedSubject } from '@meshery/contracts';
import type { StreamSpec } from '../broker.ts';

/** Limits of the streams, from configuration. */
export interface StreamLimits {
  /** Bytes on disk; 1 GiB unless told. A full batch stream refuses, which slows the agent down. */
  readonly maxBytes?: number;
  /** Milliseconds a batch waits for the bridge, at most; 24 h unless told. */
  readonly maxAgeMs?: number;
}

const hourMs = 3_600_000;

/** The stream between agent and bridge: a buffer, from which acknowledged batches leave. */
export function batchStream(limits: StreamLimits = {}): StreamSpec {
  return {
    name: 'MESHERY_INVENTORY',
    subjects: [allBatchesSubject],
    whenFull: 'refuse',
    keep: 'until-acked',
    maxBytes: limits.maxBytes ?? 1024 ** 3,
    maxAgeMs: limits.maxAgeMs ?? 24 * hourMs,
    duplicateWindowMs: 120_000,
  };
}

/** Where messages of no use are kept for a person to look at; bounded by age and bytes. */
export function parkedStream(limits: StreamLimits = {}): StreamSpec {
  return {
    name: 'MESHERY_PARKED',
    subjects: [parkedSubject],
    whenFull: 'drop-oldest',
    keep: 'limits',
    maxBytes: limits.maxBytes ?? 64 * 1024 ** 2,
    maxAgeMs: limits.maxAgeMs ?? 72 * hourMs,
    duplicateWindowMs: 120_000,
  };
}
