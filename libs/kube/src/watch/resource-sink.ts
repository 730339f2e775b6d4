import type { StreamOutcome } from './api-status.ts';

/** Where a stream stands. */
export type StreamPhase =
  /** A snapshot is under way. */
  | 'listing'
  /** The watch answered 200 and everything before it was handed over. */
  | 'live'
  /** Not live, and mostly waiting before the next attempt; the outcome says why. */
  | 'waiting';

/** Types of events that carry objects. */
export type ObjectEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/**
 * Takes what a stream reads. A returned promise stops the reading until it settles (and thereby the socket); one that
 * rejects ends the stream with its error. Buffers are views that are valid until the call has settled.
 */
export interface ResourceSink {
  /** resourceVersion to go on from; undefined when only a snapshot will do. */
  position(): string | undefined;
  /** Every existing object follows as events of type ADDED, then `snapshotEnd`; an interrupted one begins anew. */
  snapshotBegin(reason: string): void | Promise<void>;
  /** `nesting` is given when the object is known to be balanced: how deep it nests, 1 without containers. */
  event(type: ObjectEventType, object: Buffer, nesting?: number): void | Promise<void>;
  snapshotEnd(resourceVersion: string): void | Promise<void>;
  bookmark(resourceVersion: string): void | Promise<void>;
  /** Nothing more has arrived: what was collected should go out now. */
  idle(): void | Promise<void>;
  /** A record over the size limit was skipped; `head` is its beginning. */
  oversized(bytes: number, head: Buffer): void;
  /** A line that is no watch event was skipped. */
  garbled(line: Buffer): void;
  phase(phase: StreamPhase, outcome?: StreamOutcome): void;
}
