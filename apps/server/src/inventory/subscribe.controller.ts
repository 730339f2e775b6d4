import type { Logger } from '@meshery/observability';
import type { TokenAuthority } from '@meshery/security';
import { toMesheryError } from '@meshery/errors';
import { LOGGER, SHUTDOWN_SIGNAL } from '@meshery/service';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamContext } from '../access/http-context.ts';
import { requireSession } from '../access/request-session.ts';
import type { ServerConfig } from '../config.ts';
import { CONFIG, TOKEN_AUTHORITY } from '../tokens.ts';
import { EventStream } from './live/event-stream.ts';
import { FollowChangesHandler } from './queries/follow-changes.handler.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { parseSubscribeQuery } from './subscribe-query.ts';

/** The event stream of inventory changes; docs/spec/rest-inventory.md. */
@Controller('api/system/meshsync/resources/subscribe')
export class SubscribeController {
  readonly #logger: Logger;
  readonly #config: ServerConfig;
  readonly #authority: TokenAuthority;
  readonly #shutdown: AbortSignal;
  readonly #changes: FollowChangesHandler;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(TOKEN_AUTHORITY) authority: TokenAuthority,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
    @Inject(FollowChangesHandler) changes: FollowChangesHandler,
  ) {
    this.#logger = logger;
    this.#config = config;
    this.#authority = authority;
    this.#shutdown = shutdown;
    this.#changes = changes;
  }

  @Get()
  async subscribe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parseSubscribeQuery(request.query as RawQuery, request.headers['last-event-id']);
    const ctx = streamContext({ request, reply }, this.#logger);
    const since = asked.since ?? (await this.#changes.position());
    const stream = this.#open(request, reply);
    try {
      await this.#changes.handle(ctx, { ...asked, since }, stream);
    } catch (error) {
      const coded = toMesheryError(error);
      if (!ctx.signal.aborted) stream.end(coded.code, coded.message);
    }
  }

  #open(request: FastifyRequest, reply: FastifyReply): EventStream {
    const session = requireSession(request);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    const stream = new EventStream({
      response: reply.raw,
      heartbeatMs: this.#config.heartbeatMs,
      maxBuffered: this.#config.maxClientBuffer,
      isAllowed: () => this.#authority.isLive(session),
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
