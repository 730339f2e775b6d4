import { sharedMemory } from '@meshery/contracts';
import type {
  Batch,
  BatchOutcome,
  IngestControl,
  IngestPort,
  OpenRunRequest,
  OpenRunResponse,
} from '@meshery/contracts';
import type { InventoryStore } from '@meshery/store';

/** The far side of an embedded agent: the store of this very process. A send resolves after the commit. */
export class StoreIngestPort implements IngestPort {
  /** The writer of the store is a thread of its own. */
  readonly packsInto = sharedMemory;
  readonly #store: InventoryStore;

  constructor(store: InventoryStore) {
    this.#store = store;
  }

  openRun(request: OpenRunRequest, signal: AbortSignal): Promise<OpenRunResponse> {
    return unlessAborted(this.#store.openRun(request), signal);
  }

  send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    return unlessAborted(this.#store.ingest(batch), signal);
  }

  /** Outcomes say what one batch needs; a cache that was rebuilt empty needs everything anew, idle kinds too. */
  controls(_clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    if (signal.aborted) return Promise.resolve();
    const leave = this.#store.onCommit(({ reset }) => {
      if (reset !== undefined) onControl({ type: 'snapshot-all', reason: reset });
    });
    const end = (): void => {
      leave();
      resolve(undefined);
    };
    signal.addEventListener('abort', end, { once: true });
    return promise;
  }
}

/** Stops waiting when the signal aborts; the store finishes what it has accepted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = (): void => {
    reject(signal.reason as Error);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject).finally(() => {
    signal.removeEventListener('abort', abort);
  });
  return promise;
}
