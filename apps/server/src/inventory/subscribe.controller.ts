import type { Logger } from '@meshery/observability';
import { toMesheryError } from '@meshery/errors';
import { LOGGER } from '@meshery/service';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamContext } from '../access/http-context.ts';
import { EventStreams } from '../rest/event-streams.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { ResourceStream } from './live/resource-stream.ts';
import { FollowChangesHandler } from './queries/follow-changes.handler.ts';
import { parseSubscribeQuery } from './subscribe-query.ts';

/** The event stream of inventory changes; docs/spec/rest-inventory.md. */
@Controller('api/system/meshsync/resources/subscribe')
export class SubscribeController {
  readonly #logger: Logger;
  readonly #streams: EventStreams;
  readonly #changes: FollowChangesHandler;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(EventStreams) streams: EventStreams,
    @Inject(FollowChangesHandler) changes: FollowChangesHandler,
  ) {
    this.#logger = logger;
    this.#streams = streams;
    this.#changes = changes;
  }

  @Get()
  async subscribe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parseSubscribeQuery(request.query as RawQuery, request.headers['last-event-id']);
    const ctx = streamContext({ request, reply }, this.#logger);
    const since = asked.since ?? (await this.#changes.position());
    const stream = new ResourceStream((heartbeat) => this.#streams.open({ request, reply }, heartbeat));
    try {
      await this.#changes.handle(ctx, { ...asked, since }, stream);
    } catch (error) {
      const coded = toMesheryError(error);
      if (!ctx.signal.aborted) stream.end(coded.code, coded.message);
    }
  }
}
