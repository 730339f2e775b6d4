import { toMesheryError } from '@meshery/errors';
import type { EventRecord } from '@meshery/object-model';
import type { Clock, Logger } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { toMessage } from './cloud-event.ts';
import type { EventSink } from './event-sink.ts';

const pageSize = 50;
/** How often it is looked whether there is something to publish that no commit of this process told of. */
const pollMs = 1000;
const longestPauseMs = 30_000;
/** How long a process that died keeps others from publishing. */
const leadMs = 15_000;

/** Parts of an EventPublisher. */
export interface EventPublisherOptions {
  readonly store: UserStore;
  readonly sink: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
}

/**
 * Publishes the log of events from where it stopped, one after the other: at least once, in the order of the log, by
 * one process at a time. What cannot be published waits in the log, which is bounded by its retention.
 */
export class EventPublisher {
  readonly #options: EventPublisherOptions;
  readonly #id: string;
  #wake = Promise.withResolvers<undefined>();
  #pauseMs = 0;
  /** Until when nobody else publishes. */
  #leadsUntil = Number.NEGATIVE_INFINITY;

  constructor(options: EventPublisherOptions) {
    this.#options = options;
    this.#id = options.newId();
  }

  /** Resolves when the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const unhear = this.#options.store.onCommit(() => {
      this.#wake.resolve(undefined);
    });
    await this.#options.sink.open(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      const isMore = await this.#try(signal);
      if (!isMore) await this.#rest(signal);
    }
    unhear();
    await this.#options.sink.close();
  }

  /** True when there may be more to publish at once. */
  async #try(signal: AbortSignal): Promise<boolean> {
    try {
      const isMore = await this.#publishPage(signal);
      if (this.#pauseMs > 0) this.#options.logger.info({}, 'events are published again');
      this.#pauseMs = 0;
      return isMore;
    } catch (error) {
      if (signal.aborted) return false;
      const { code } = toMesheryError(error);
      if (this.#pauseMs === 0) this.#options.logger.warn({ err: error, code }, 'events cannot be published: they wait');
      this.#pauseMs = Math.min(longestPauseMs, Math.max(pollMs, this.#pauseMs * 2));
      return false;
    }
  }

  async #publishPage(signal: AbortSignal): Promise<boolean> {
    const events = await this.#take();
    let published: number | undefined;
    try {
      for (const event of events) {
        if (!this.#leads(0)) break;
        await this.#options.sink.publish(toMessage(event), signal);
        published = event.sequence;
      }
    } finally {
      const reached = published;
      if (reached !== undefined) await this.#options.store.change((data) => data.events.keepPublished(reached));
    }
    return events.length === pageSize;
  }

  /** The next events; none while another process publishes. */
  async #take(): Promise<readonly EventRecord[]> {
    if (!this.#leads(leadMs / 2) && !(await this.#lead())) return [];
    const { store, logger } = this.#options;
    return store.read(async (data) => {
      const { published } = await data.events.head();
      const events = await data.events.after(published, pageSize);
      const missing = (events[0]?.sequence ?? published + 1) - published - 1;
      if (missing > 0) logger.warn({ missing }, 'events were removed by their retention before they were published');
      return events;
    });
  }

  /** True when no other process publishes for some milliseconds more. */
  #leads(forMs: number): boolean {
    const { store, clock } = this.#options;
    return !store.isShared || clock.now() + forMs < this.#leadsUntil;
  }

  async #lead(): Promise<boolean> {
    const { store, clock } = this.#options;
    const now = clock.now();
    const [from, until] = [now, now + leadMs].map((ms) => new Date(ms).toISOString()) as [string, string];
    const isLeader = await store.change((data) => data.events.lead(this.#id, from, until));
    if (isLeader) this.#leadsUntil = now + leadMs;
    return isLeader;
  }

  async #rest(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const stop = new AbortController();
    const pause = clock.sleep(Math.max(pollMs, this.#pauseMs), AbortSignal.any([signal, stop.signal]));
    // A commit is no reason to try a broker again that is away.
    const wake = this.#pauseMs === 0 ? [this.#wake.promise] : [];
    await Promise.race([pause, ...wake]).catch(() => undefined);
    stop.abort();
    await pause.catch(() => undefined);
  }
}
