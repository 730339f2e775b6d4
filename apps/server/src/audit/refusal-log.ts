import { toMesheryError } from '@meshery/errors';
import type { AuditEntry } from '@meshery/object-model';
import type { Clock, Logger } from '@meshery/observability';
import type { UserStore } from '@meshery/store';

/** Lines written in one transaction, at most. */
const writtenAtOnce = 100;
const windowMs = 60_000;

/** Parts of a RefusalLog. */
export interface RefusalLogOptions {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Lines of one minute, at most; the others are counted, and one line says how many there were. */
  readonly maxPerMinute: number;
}

/**
 * Writes refusals to the audit log, behind the answer: nobody waits for it, and a store that cannot write loses lines,
 * which is logged, and nothing else.
 */
export class RefusalLog {
  readonly #options: RefusalLogOptions;
  readonly #waiting: AuditEntry[] = [];
  #writing: Promise<void> | undefined;
  #window = { since: Number.NEGATIVE_INFINITY, noted: 0, left: 0 };

  constructor(options: RefusalLogOptions) {
    this.#options = options;
  }

  /** Takes a line, or counts it when there were too many in this minute. */
  note(entry: Omit<AuditEntry, 'at' | 'decision'>): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#window.since >= windowMs) this.#turn(now);
    if (this.#window.noted >= this.#options.maxPerMinute) {
      this.#window.left += 1;
      return;
    }
    this.#window.noted += 1;
    this.#waiting.push({ ...entry, at: this.#at(), decision: 'refused' });
    this.#writing ??= this.#write();
  }

  /** Resolves when everything that was noted so far is written, or lost. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  /** Says how many were left out, then waits for the last line. */
  async close(): Promise<void> {
    this.#turn(this.#options.clock.monotonic());
    await this.settled();
  }

  #turn(now: number): void {
    const { left } = this.#window;
    this.#window = { since: now, noted: 0, left: 0 };
    if (left === 0) return;
    const nobody = { userId: '', userName: '', provider: '', organizationId: '', objectId: '', requestId: '' };
    const action = `${String(left)} more requests`;
    this.#waiting.push({ ...nobody, action, reason: 'too many to list', at: this.#at(), decision: 'refused' });
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.splice(0, writtenAtOnce);
      try {
        await this.#options.store.change(async (data) => {
          for (const line of lines) await data.audit.append(line);
        });
      } catch (error) {
        const { code } = toMesheryError(error);
        this.#options.logger.error({ err: error, code, lost: lines.length }, 'refusals could not be audited');
      }
    }
    this.#writing = undefined;
  }

  #at(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}
