import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';

/** Several changes within this time are one. */
const gatherMs = 100;
/** Pause after a look that failed. */
const againMs = 5000;

/** What changes are followed with. */
export interface CommitFollowerParts {
  readonly store: Pick<UserStore, 'onCommit' | 'isShared'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the log calls it. */
  readonly name: string;
  /** Takes up what changed, and all that is there at the start; tried again when it rejects. */
  readonly look: (ctx: RequestContext) => Promise<void>;
}

/** Looks after each change, where other servers change the same data; elsewhere it does nothing. */
export class CommitFollower {
  readonly #parts: CommitFollowerParts;
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: CommitFollowerParts) {
    this.#parts = parts;
  }

  start(): void {
    const { store } = this.#parts;
    if (!store.isShared) return;
    const leave = store.onCommit(() => {
      this.#wake.resolve();
    });
    this.#stop.signal.addEventListener('abort', leave, { once: true });
    this.#running = this.#run(this.#stop.signal);
  }

  /** Resolves when the last look has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.resolve();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, logger, name, look } = this.#parts;
    const ctx = backgroundContext(logger, signal, name);
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers<void>();
      const isKnown = await look(ctx).then(
        () => true,
        (error: unknown) => {
          if (!signal.aborted) logger.warn({ err: error, what: name }, 'changes at other servers are not known');
          return false;
        },
      );
      if (isKnown) await this.#wake.promise;
      await clock.sleep(isKnown ? gatherMs : againMs, signal).catch(() => undefined);
    }
  }
}
