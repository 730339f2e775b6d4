import type { ResourcePage } from '@meshery/contracts';
import { toApiError, type ApiError } from '@meshery/client';
import type { PageRequest } from '../../api/inventory-api.ts';
import type { FeedChange, LiveFeed } from '../live/live-feed.ts';
import { emptySnapshot, RowStore, type RowSnapshot } from './row-store.ts';

export interface InventoryListState extends RowSnapshot {
  /** `loading` until the first page of this selection is there. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error?: ApiError;
}

export interface InventoryListOptions {
  readonly request: PageRequest;
  readonly feed: Pick<LiveFeed, 'listen' | 'whenOpen' | 'noteRead'>;
  readonly fetchPage: (request: PageRequest, signal: AbortSignal) => Promise<ResourcePage>;
  readonly fetchCount: (request: PageRequest, signal: AbortSignal) => Promise<number>;
}

/** Rows that are loaded without being asked for; beyond it, scrolling decides. */
const eagerRows = 25_000;
/** Rows kept loaded ahead of what is on the screen. */
const aheadRows = 2_000;
const streamPatienceMs = 1_500;
const countDelayMs = 1_000;

export const loadingState: InventoryListState = { ...emptySnapshot, phase: 'loading' };

/** The live rows of one selection: reads pages as far as needed and follows the change stream until stopped. */
export class InventoryList {
  readonly #options: InventoryListOptions;
  readonly #listeners = new Set<() => void>();
  readonly #stopping = new AbortController();
  #store: RowStore;
  /** Takes the place of `#store` once it has caught up, so that a new reading does not empty the table. */
  #replacement: RowStore | undefined;
  #reading: AbortController | undefined;
  #next: string | undefined;
  #visibleEnd = 0;
  #state: InventoryListState = loadingState;
  #countTimer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: () => void = () => undefined;

  constructor(options: InventoryListOptions) {
    this.#options = options;
    this.#store = this.#emptyStore();
  }

  readonly state = (): InventoryListState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the first pages; the promise settles when as much as wanted is loaded, and never rejects. */
  async start(): Promise<void> {
    this.#stopListening = this.#options.feed.listen({
      changes: (changes) => this.#apply(changes),
      reset: () => void this.reload(),
    });
    await this.#options.feed.whenOpen(streamPatienceMs);
    await this.#read();
  }

  stop(): void {
    this.#stopping.abort();
    this.#stopListening();
    clearTimeout(this.#countTimer);
  }

  /** Reads everything anew; what is shown stays until the new rows reach as far. */
  async reload(): Promise<void> {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#next = undefined;
    this.#replacement = this.#emptyStore();
    await this.#read();
  }

  /** Tells how far the user has scrolled. */
  async reach(visibleEnd: number): Promise<void> {
    this.#visibleEnd = visibleEnd;
    if (this.#state.phase === 'ready') await this.#read();
  }

  #emptyStore(): RowStore {
    return new RowStore(this.#options.request.filter, this.#options.request.sort);
  }

  #wantsMore(store: RowStore): boolean {
    const { rows, complete } = store.snapshot();
    return !complete && rows.length < Math.max(eagerRows, this.#visibleEnd + aheadRows);
  }

  async #read(): Promise<void> {
    if (this.#reading !== undefined || this.#stopping.signal.aborted) return;
    const reading = new AbortController();
    this.#reading = reading;
    const signal = AbortSignal.any([reading.signal, this.#stopping.signal]);
    try {
      await this.#readPages(signal);
    } catch (reason) {
      if (!signal.aborted) this.#publish({ ...this.#store.snapshot(), phase: 'failed', error: toApiError(reason) });
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  async #readPages(signal: AbortSignal): Promise<void> {
    const target = this.#replacement ?? this.#store;
    while (this.#wantsMore(target)) {
      const after = this.#next === undefined ? {} : { after: this.#next };
      const page = await this.#options.fetchPage({ ...this.#options.request, ...after }, signal);
      signal.throwIfAborted();
      target.addPage(page);
      this.#options.feed.noteRead(page.seq);
      this.#next = page.next;
      this.#swapWhenReady();
      if (this.#store === target) this.#publishRows();
    }
  }

  #swapWhenReady(): void {
    const replacement = this.#replacement;
    if (replacement === undefined) return;
    const fresh = replacement.snapshot();
    if (!fresh.complete && fresh.rows.length < this.#store.snapshot().rows.length) return;
    this.#store = replacement;
    this.#replacement = undefined;
  }

  #apply(changes: readonly FeedChange[]): void {
    this.#replacement?.applyChanges(changes);
    const changed = this.#store.applyChanges(changes);
    if (this.#store.totalIsStale) this.#countSoon();
    if (changed && this.#state.phase !== 'loading') this.#publishRows();
  }

  #countSoon(): void {
    this.#countTimer ??= setTimeout(() => void this.#count(), countDelayMs);
  }

  async #count(): Promise<void> {
    this.#countTimer = undefined;
    try {
      this.#store.setTotal(await this.#options.fetchCount(this.#options.request, this.#stopping.signal));
      this.#publishRows();
    } catch (reason) {
      if (this.#stopping.signal.aborted) return;
      this.#publish({ ...this.#store.snapshot(), phase: 'failed', error: toApiError(reason) });
    }
  }

  #publishRows(): void {
    this.#publish({ ...this.#store.snapshot(), phase: 'ready' });
  }

  #publish(state: InventoryListState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
