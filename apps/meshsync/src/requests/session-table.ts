import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import { agentStopping, sessionExists, sessionIdle, tooManySessions } from './request-errors.ts';
import type { SessionKind } from './request-errors.ts';

/** Why a session ended. */
export const endReasons = [
  'completed',
  'stopped',
  'idle',
  'slow',
  'failed',
  'shutdown',
  'broker-lost',
  'server-lost',
] as const;

/** One of the reasons. */
export type EndReason = (typeof endReasons)[number];

/** What ends a session from outside; the client is told `error` where there is one. */
export class SessionEnd extends Error {
  readonly reason: EndReason;
  readonly error: MesheryError | undefined;

  constructor(reason: EndReason, error?: MesheryError) {
    super(`the session ended: ${reason}`);
    this.name = 'SessionEnd';
    this.reason = reason;
    this.error = error;
  }
}

/** What is known of a session. */
export interface SessionFacts {
  /** Unique among all sessions. */
  readonly key: string;
  readonly kind: SessionKind;
  readonly form: 'native' | 'published';
  readonly id: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
}

/** A session as its work sees it. */
export interface Session {
  readonly facts: SessionFacts;
  /** Aborts, with a SessionEnd, when the session shall end, or has ended. */
  readonly signal: AbortSignal;
  /** Something happened: it is not idle. */
  touch(): void;
  /** Ends it; the first one counts. */
  end(end: SessionEnd): void;
}

/** Hears that a session was cut, and why when the client did not wish it. */
export type OnCut = (error: MesheryError | undefined) => void;

/** Counts sessions. */
export interface SessionMetrics {
  opened(kind: SessionKind): void;
  ended(kind: SessionKind, reason: EndReason): void;
}

/** What a SessionTable needs. */
export interface SessionTableDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SessionMetrics;
  readonly maxSessions: number;
  readonly idleMs: number;
}

interface Entry {
  readonly session: Session;
  readonly done: Promise<void>;
}

/** Longest wait for sessions to say goodbye, in ms. */
const drainMs = 2000;

/** The sessions of an agent: bounded, each with an end that is counted, none forgotten. */
export class SessionTable {
  readonly #deps: SessionTableDeps;
  readonly #entries = new Map<string, Entry>();
  #closed: SessionEnd | undefined;

  constructor(deps: SessionTableDeps) {
    this.#deps = deps;
  }

  /** All sessions, oldest first. */
  list(): readonly SessionFacts[] {
    return [...this.#entries.values()].map(({ session }) => session.facts);
  }

  /**
   * Begins a session whose life is `work`, which must not outlive its signal. `onCut` hears when it ended early, with the
   * error unless the client wished it. Throws `meshery-core-1004`, `1005` or `1007` when there can be none.
   */
  open(facts: SessionFacts, work: (session: Session) => Promise<void>, onCut: OnCut): void {
    if (this.#closed !== undefined) throw this.#closed.error ?? agentStopping();
    if (this.#entries.has(facts.key)) throw sessionExists(facts.id);
    if (this.#entries.size >= this.#deps.maxSessions) throw tooManySessions(this.#deps.maxSessions);
    const { session, stop } = this.#start(facts);
    this.#deps.metrics.opened(facts.kind);
    const done = work(session)
      .then(() => 'completed' as const)
      .catch((error: unknown) => this.#reasonOf(session, error, onCut))
      .then((reason) => {
        stop();
        session.end(new SessionEnd(reason));
        this.#entries.delete(facts.key);
        this.#deps.metrics.ended(facts.kind, reason);
        this.#deps.logger.info({ session: facts, reason }, 'a session ended');
      });
    this.#entries.set(facts.key, { session, done });
    this.#deps.logger.info({ session: facts }, 'a session began');
  }

  /** Ends a session at the wish of its client; false when there is none. */
  stop(key: string): boolean {
    const entry = this.#entries.get(key);
    entry?.session.end(new SessionEnd('stopped'));
    return entry !== undefined;
  }

  /** Ends every session; later ones may begin. */
  endAll(end: SessionEnd): void {
    for (const { session } of this.#entries.values()) session.end(end);
  }

  /** Ends every session and lets no other begin; resolves when all have said goodbye, at the latest after two seconds. */
  async close(): Promise<void> {
    this.#closed = new SessionEnd('shutdown', agentStopping());
    this.endAll(this.#closed);
    const late = new AbortController();
    const all = Promise.all([...this.#entries.values()].map(({ done }) => done));
    await Promise.race([all, this.#deps.clock.sleep(drainMs, late.signal).catch(() => undefined)]);
    late.abort();
  }

  #start(facts: SessionFacts): { readonly session: Session; readonly stop: () => void } {
    const { clock } = this.#deps;
    const ending = new AbortController();
    const watching = new AbortController();
    let activeAt = clock.monotonic();
    const session = {
      facts,
      signal: ending.signal,
      touch: () => {
        activeAt = clock.monotonic();
      },
      end: (end: SessionEnd) => {
        ending.abort(end);
      },
    };
    this.#watchIdle(session, () => activeAt, watching.signal).catch(() => undefined);
    return {
      session,
      stop: () => {
        watching.abort();
      },
    };
  }

  async #watchIdle(session: Session, activeAt: () => number, signal: AbortSignal): Promise<void> {
    const { clock, idleMs } = this.#deps;
    for (;;) {
      const left = activeAt() + idleMs - clock.monotonic();
      if (left <= 0) break;
      await clock.sleep(left, signal);
    }
    session.end(new SessionEnd('idle', sessionIdle(idleMs)));
  }

  #reasonOf(session: Session, thrown: unknown, onCut: OnCut): EndReason {
    const { reason } = session.signal as { readonly reason: unknown };
    const end = reason instanceof SessionEnd ? reason : new SessionEnd('failed', toMesheryError(thrown));
    if (end.reason === 'failed') {
      const { logger } = this.#deps;
      logger.warn({ err: end.error, code: end.error?.code, session: session.facts }, 'a session failed');
    }
    onCut(end.error);
    return end.reason;
  }
}
