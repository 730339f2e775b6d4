import type { ServerResponse } from 'node:http';
import type { Logger } from '@meshery/observability';

/** Milliseconds after which a client connects again; sent as `retry`. */
const retryMs = 2000;
/** How long a cut client may take to read the last words. */
const farewellMs = 1000;

/** Parts of an EventStream. */
export interface EventStreamOptions {
  readonly response: ServerResponse;
  readonly heartbeatMs: number;
  /** What a heartbeat says: lines with their empty line. */
  readonly heartbeat: () => string;
  /** Unread bytes after which the client is cut. */
  readonly maxBuffered: number;
  /** False once the session behind the stream has ended. */
  readonly isAllowed: () => boolean;
  readonly logger: Logger;
}

/**
 * One text/event-stream answer (HTML Living Standard, server-sent events). It writes at once or not at all: a client
 * that leaves more than `maxBuffered` bytes unread is cut with an event that names the code, and can resume.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#response = options.response;
    this.write(`retry: ${String(retryMs)}\n: connected\n\n`);
    this.#heartbeat = setInterval(() => {
      this.#beat();
    }, options.heartbeatMs);
    this.#response.once('close', () => {
      clearInterval(this.#heartbeat);
    });
  }

  /** Sends whole events. */
  write(text: string | Uint8Array): void {
    if (text.length === 0 || this.#response.writableEnded || this.#response.destroyed) return;
    this.#response.write(text);
    const unread = this.#response.writableLength;
    if (unread <= this.#options.maxBuffered) return;
    this.#options.logger.warn({ code: 'meshery-core-1010', unread }, 'event stream cut: the client reads too slowly');
    this.end('meshery-core-1010', 'You read more slowly than changes arrive: connect again to resume.');
  }

  /** Resolves when the client has read enough for more, or has left. */
  async ready(): Promise<void> {
    if (!this.#response.writableNeedDrain || this.#response.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#response.once('drain', resolve);
      this.#response.once('close', resolve);
    });
  }

  /** Ends the stream with its reason. */
  end(code: string, message: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    clearInterval(this.#heartbeat);
    this.#response.end(`event: error\ndata: ${JSON.stringify({ code, message })}\n\n`);
    const cut = setTimeout(() => this.#response.destroy(), farewellMs);
    this.#response.once('close', () => {
      clearTimeout(cut);
    });
  }

  #beat(): void {
    if (this.#options.isAllowed()) this.write(this.#options.heartbeat());
    else this.end('meshery-auth-1201', 'The session has ended: sign in again.');
  }
}
