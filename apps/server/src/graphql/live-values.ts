import { MesheryError, toMesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { ServerConfig } from '../config.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { tooSlow } from '../grpc/bounded-queue.ts';
import type { GraphqlContext } from './graphql-context.ts';

/** Subscriptions that read again and again, of all clients together. */
const maxReaders = 200;

/** Parts of LiveValues. */
export interface LiveValuesParts {
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly shutdown: AbortSignal;
  readonly config: Pick<ServerConfig, 'controllersPollMs' | 'maxClientBuffer'>;
}

/** Sequences for websocket subscriptions. They end with their reader, the socket, the session and the server. */
export class LiveValues {
  readonly #parts: LiveValuesParts;
  #readers = 0;

  constructor(parts: LiveValuesParts) {
    this.#parts = parts;
  }

  /**
   * What is read at first, and whatever is not as it was at the reading before. Rejects with what the first reading
   * rejects with, and with `meshery-core-1005` when too many read.
   */
  changing(context: GraphqlContext, read: () => Promise<readonly unknown[]>): AsyncIterable<unknown> {
    return this.ending(context, (signal) => this.#poll(context, read, signal));
  }

  /** A sequence that gets a signal of its own: it must end when that is aborted, also while it waits. */
  ending<T>(context: GraphqlContext, make: (signal: AbortSignal) => AsyncIterable<T>): AsyncIterable<T> {
    const { maxClientBuffer } = this.#parts.config;
    const over = new AbortController();
    const end = (): void => {
      over.abort();
      context.socket?.off('close', end);
    };
    context.socket?.once('close', end);
    const source = make(AbortSignal.any([over.signal, this.#parts.shutdown]))[Symbol.asyncIterator]();
    const iterator: AsyncIterator<T> = {
      next: async () => {
        try {
          refuseSlow(context, maxClientBuffer);
          this.#refuseEnded(context);
          const result = await source.next();
          if (result.done === true) end();
          return result;
        } catch (error) {
          end();
          throw error;
        }
      },
      return: async () => {
        end();
        await source.return?.();
        return { done: true, value: undefined };
      },
    };
    return { [Symbol.asyncIterator]: () => iterator };
  }

  async *#poll(context: GraphqlContext, read: () => Promise<readonly unknown[]>, signal: AbortSignal): AsyncGenerator {
    if (this.#readers >= maxReaders) throw tooMany();
    this.#readers += 1;
    try {
      let known: ReadonlySet<string> = new Set();
      for (let values = await read(); ; values = await this.#readAgain(context, read, values)) {
        const texts = values.map((value) => JSON.stringify(value));
        const before = known;
        yield* values.filter((_value, index) => !before.has(texts[index] ?? ''));
        known = new Set(texts);
        await this.#parts.clock.sleep(this.#parts.config.controllersPollMs, signal).catch(() => undefined);
        if (signal.aborted) return;
        this.#refuseEnded(context);
      }
    } finally {
      this.#readers -= 1;
    }
  }

  /** What cannot be read now is taken as unchanged: the next reading tells. */
  async #readAgain(
    { ctx }: GraphqlContext,
    read: () => Promise<readonly unknown[]>,
    before: readonly unknown[],
  ): Promise<readonly unknown[]> {
    return read().catch((error: unknown) => {
      ctx.logger.warn({ code: toMesheryError(error).code }, 'a subscription could not be read again');
      return before;
    });
  }

  #refuseEnded({ session }: GraphqlContext): void {
    if (this.#parts.sessions.isLive(session)) return;
    throw new MesheryError('meshery-auth-1201', 'The session has ended.', {
      remedy: 'Sign in again and subscribe anew.',
    });
  }
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1005', `More than ${String(maxReaders)} subscriptions are open.`, {
    probableCause: 'Many pages are open, or a client does not end its subscriptions.',
    remedy: 'Close some of them and subscribe again.',
  });
}

/** Cuts a socket that leaves more bytes unread than it may. */
function refuseSlow({ socket, ctx }: GraphqlContext, limit: number): void {
  if (socket === undefined || socket.bufferedAmount <= limit) return;
  ctx.logger.warn(
    { code: 'meshery-core-1010', unread: socket.bufferedAmount },
    'websocket cut: the client reads too slowly',
  );
  socket.close(1013, 'meshery-core-1010');
  throw tooSlow();
}
