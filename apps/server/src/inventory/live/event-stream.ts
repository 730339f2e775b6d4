import type { ServerResponse } from 'node:http';
import type { Logger } from '@meshery/observability';
import type { Following, LiveListener } from './change-hub.ts';
import type { LiveBatch } from './event-group.ts';

/** Milliseconds after which a client connects again; sent as `retry`. */
const retryMs = 2000;
/** How long a cut client may take to read the last words. */
const farewellMs = 1000;

/** Parts of an EventStream. */
export interface EventStreamOptions {
  readonly response: ServerResponse;
  readonly heartbeatMs: number;
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
export class EventStream implements LiveListener {
  readonly #options: EventStreamOptions;
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #following: Following | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#response = options.response;
    this.#write(`retry: ${String(retryMs)}\n: connected\n\n`);
    this.#heartbeat = setInterval(() => {
      this.#beat();
    }, options.heartbeatMs);
    this.#response.once('close', () => {
      clearInterval(this.#heartbeat);
    });
  }

  /** From now on heartbeats carry the position, so that a quiet client does not fall out of the change log. */
  goLive(following: Following): void {
    this.#following = following;
    this.#write(`id: ${String(following.seq)}\n\n`);
  }

  onBatch(batch: LiveBatch): void {
    this.#write(batch.text);
  }

  onClusters(clusterIds: readonly string[], seq: number): void {
    for (const id of clusterIds) this.#event('cluster', { cluster_id: id }, seq);
  }

  onReset(reason: string, seq: number): void {
    this.#event('reset', { reason }, seq);
  }

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
    if (!this.#options.isAllowed()) {
      this.end('meshery-auth-1201', 'The session has ended: sign in again.');
      return;
    }
    const position = this.#following?.position();
    this.#write(position === undefined ? ': alive\n\n' : `id: ${String(position)}\n: alive\n\n`);
  }

  #event(name: string, data: object, seq: number): void {
    this.#write(`id: ${String(seq)}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    if (text === '' || this.#response.writableEnded || this.#response.destroyed) return;
    this.#response.write(text);
    const unread = this.#response.writableLength;
    if (unread <= this.#options.maxBuffered) return;
    this.#options.logger.warn({ code: 'meshery-core-1010', unread }, 'event stream cut: the client reads too slowly');
    this.end('meshery-core-1010', 'You read more slowly than changes arrive: connect again to resume.');
  }
}
