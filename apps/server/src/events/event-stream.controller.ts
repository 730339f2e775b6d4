import { toMesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamContext } from '../access/http-context.ts';
import type { HttpExchange } from '../access/http-context.ts';
import { EventStreams } from '../rest/event-streams.ts';
import { parseEventId } from '../rest/last-event-id.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { clientFormats, streamClients, systemFormat } from './live/event-format.ts';
import type { EventFormat } from './live/event-format.ts';
import { EventHub } from './live/event-hub.ts';

/** Events as they happen. */
@Controller('api')
export class EventStreamController {
  readonly #logger: Logger;
  readonly #streams: EventStreams;
  readonly #hub: EventHub;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(EventStreams) streams: EventStreams,
    @Inject(EventHub) hub: EventHub,
  ) {
    this.#logger = logger;
    this.#streams = streams;
    this.#hub = hub;
  }

  @Get('system/events/subscribe')
  async subscribe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#stream({ request, reply }, systemFormat);
  }

  /** The older stream, which published command lines wait on. */
  @Get('events')
  async follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = single(request.query as RawQuery, 'client');
    const client = streamClients.find((each) => each === asked);
    if (client === undefined) throw badParameter('client', `must be one of ${streamClients.join(', ')}`);
    await this.#stream({ request, reply }, clientFormats[client]);
  }

  /** Subscribes before the headers are sent: whatever happens after them is heard. */
  async #stream(exchange: HttpExchange, format: EventFormat): Promise<void> {
    const since = parseEventId(exchange.request.headers['last-event-id']);
    const { user, signal } = streamContext(exchange, this.#logger);
    const position = since === undefined ? {} : { since };
    const subscription = await this.#hub.subscribe({ userId: user.userId, format, signal, ...position });
    const stream = this.#streams.open(exchange, () => ': keepalive\n\n');
    try {
      await subscription.deliverTo(stream);
    } catch (error) {
      const { code, message } = toMesheryError(error);
      if (!signal.aborted) stream.end(code, message);
    }
  }
}
