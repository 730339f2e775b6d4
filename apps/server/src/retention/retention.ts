import type { Clock, Logger } from '@meshery/observability';
import type { UserData, UserStore } from '@meshery/store';
import type { ServerConfig } from '../config.ts';

const everyMs = 3_600_000;
const dayMs = 86_400_000;
/** Rows of one transaction: a large prune must not keep writers waiting. */
const limit = 500;

type Limits = Pick<
  ServerConfig,
  | 'eventDays'
  | 'eventCount'
  | 'auditDays'
  | 'auditCount'
  | 'operationDays'
  | 'operationCount'
  | 'endedSessionDays'
  | 'endedSessionCount'
>;

/** Parts of Retention. */
export interface RetentionOptions {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Limits;
}

/** Removes what is too old, or too much, of events, the audit log, ended operations and ended sessions: at the start and every hour. */
export class Retention {
  readonly #options: RetentionOptions;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Resolves when the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    while (!signal.aborted) {
      try {
        await this.prune(signal);
      } catch (error) {
        logger.error({ err: error }, 'what is too old could not be removed');
      }
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }

  /** Removes everything that is too old or too much now. */
  async prune(signal: AbortSignal): Promise<void> {
    const { limits } = this.#options;
    const rules = (days: number, keep: number) => ({ before: this.#ago(days), keep, limit });
    const removed = {
      events: await this.#all(signal, (data) => data.events.prune(rules(limits.eventDays, limits.eventCount))),
      auditLines: await this.#all(signal, (data) => data.audit.prune(rules(limits.auditDays, limits.auditCount))),
      operations: await this.#all(signal, (data) =>
        data.operations.prune(rules(limits.operationDays, limits.operationCount)),
      ),
      endedSessions: await this.#all(signal, (data) =>
        data.endedSessions.prune(rules(limits.endedSessionDays, limits.endedSessionCount)),
      ),
    };
    if (Object.values(removed).some((count) => count > 0))
      this.#options.logger.info(removed, 'removed what was too old');
  }

  async #all(signal: AbortSignal, prune: (data: UserData) => Promise<number>): Promise<number> {
    let removed = 0;
    while (!signal.aborted) {
      const count = await this.#options.store.change(prune);
      removed += count;
      if (count === 0) break;
    }
    return removed;
  }

  #ago(days: number): string {
    return new Date(this.#options.clock.now() - days * dayMs).toISOString();
  }
}
