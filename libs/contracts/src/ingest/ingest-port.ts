import type { Allocate } from './buffer-pool.ts';
import type { Batch, BatchOutcome, OpenRunRequest, OpenRunResponse } from '../generated/meshery/ingest/v1/ingest.ts';

/** What the far side asks of a running agent. */
export type IngestControl =
  /** A newer run of this cluster exists: stop. */
  | { readonly type: 'superseded'; readonly reason: string }
  /** The far side lost or refused part of this kind: take a new snapshot of it. */
  | { readonly type: 'snapshot'; readonly kind: string; readonly reason: string }
  /** Take a new snapshot of every kind (the published request "resync-discovery"). */
  | { readonly type: 'snapshot-all'; readonly reason: string };

/**
 * Where a discovery agent sends what it finds: the store (embedded mode) or a broker (operator mode).
 *
 * Delivery is at least once and idempotent. `send` resolves when the batch is durable on the far side: committed in
 * embedded mode, stored in the stream in operator mode. The caller bounds how many sends it has in flight; an
 * unresolved `send` is the back-pressure.
 */
export interface IngestPort {
  /**
   * Set when `send` also takes PackedChanges, to the memory that they should be in; their bytes may be used again once
   * `send` has resolved.
   */
  readonly packsInto?: Allocate;
  /**
   * Registers the run and returns its checkpoints.
   * Rejects with `meshery-messaging-1504` when nobody answers in time: the agent then takes snapshots.
   */
  openRun(request: OpenRunRequest, signal: AbortSignal): Promise<OpenRunResponse>;
  /** Sends one batch; batches of one kind must be sent in the order of their sequence numbers. */
  send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome>;
  /** Calls back for every control until the signal aborts; the returned promise settles then. */
  controls(clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void>;
}
