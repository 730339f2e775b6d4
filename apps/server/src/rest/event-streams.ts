import type { Logger } from '@meshery/observability';
import { LOGGER, SHUTDOWN_SIGNAL } from '@meshery/service';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { HttpExchange } from '../access/http-context.ts';
import { requireSession } from '../access/request-session.ts';
import type { ServerConfig } from '../config.ts';
import { Sessions } from '../sessions/sessions.ts';
import { CONFIG } from '../tokens.ts';
import { EventStream } from './event-stream.ts';

/** Begins answers that are event streams; they end with the session, and with the server. */
@Injectable()
export class EventStreams {
  readonly #config: ServerConfig;
  readonly #sessions: Sessions;
  readonly #shutdown: AbortSignal;
  readonly #logger: Logger;

  constructor(
    @Inject(CONFIG) config: ServerConfig,
    @Inject(Sessions) sessions: Sessions,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#config = config;
    this.#sessions = sessions;
    this.#shutdown = shutdown;
    this.#logger = logger;
  }

  /** Sends the headers; from now on the answer is the stream's. */
  open({ request, reply }: HttpExchange, heartbeat: () => string): EventStream {
    const session = requireSession(request);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    // The end of the connection ends the stream: chunks around each event would cost as much as the event.
    reply.raw.useChunkedEncodingByDefault = false;
    reply.raw.shouldKeepAlive = false;
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
    const stream = new EventStream({
      response: reply.raw,
      heartbeatMs: this.#config.heartbeatMs,
      heartbeat,
      maxBuffered: this.#config.maxClientBuffer,
      isAllowed: () => this.#sessions.isLive(session),
      logger: this.#logger,
    });
    this.#endWithShutdown(reply, stream);
    return stream;
  }

  /** An open stream would keep the server from draining. */
  #endWithShutdown(reply: FastifyReply, stream: EventStream): void {
    const end = (): void => {
      stream.end('meshery-core-1004', 'The server is shutting down: connect again to resume.');
    };
    this.#shutdown.addEventListener('abort', end, { once: true });
    reply.raw.once('close', () => {
      this.#shutdown.removeEventListener('abort', end);
    });
  }
}
