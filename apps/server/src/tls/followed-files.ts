import { toMesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';

const everyMs = 2000;

/** What is followed, and with what. */
export interface FollowedFilesParts<Content> {
  /** What they are, for the log. */
  readonly what: string;
  /** What they held when they were read first. */
  readonly before: Content;
  readonly read: () => Promise<Content>;
  /** Puts another content to use; throws for one that cannot be used. */
  readonly apply: (content: Content) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Files that are read again and again, and put to use when they hold something else. What cannot be used changes nothing. */
export class FollowedFiles<Content> {
  readonly #parts: FollowedFilesParts<Content>;
  readonly #stop = new AbortController();
  #known: string;
  #fault = '';
  #running: Promise<void> = Promise.resolve();

  constructor(parts: FollowedFilesParts<Content>) {
    this.#parts = parts;
    this.#known = JSON.stringify(parts.before);
  }

  start(): void {
    this.#running = this.#run(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#parts.clock.sleep(everyMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const { what, read, apply, logger } = this.#parts;
    try {
      const content = await read();
      const text = JSON.stringify(content);
      this.#fault = text === this.#known ? '' : this.#fault;
      if (text === this.#known) return;
      apply(content);
      this.#known = text;
      this.#fault = '';
      logger.info({ what }, 'files changed and are used as they are now');
    } catch (thrown) {
      // Certificate and key are written one after the other: half of a pair cannot be used for a moment.
      const { code, message } = toMesheryError(thrown);
      if (message === this.#fault) return;
      this.#fault = message;
      logger.warn({ what, code, err: thrown }, 'files changed and cannot be used; what they held before is used on');
    }
  }
}
