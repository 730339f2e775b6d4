import { MesheryError, toMesheryError } from '@meshery/errors';
import { inBothSpellings } from '@meshery/object-model';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import { LOGGER, SHUTDOWN_SIGNAL } from '@meshery/service';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamContext } from '../access/http-context.ts';
import { requireSession } from '../access/request-session.ts';
import type { ServerConfig } from '../config.ts';
import { badParameter, repeated } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { Sessions } from '../sessions/sessions.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { CONTROLLER_SOURCE } from './controller-facts.ts';
import type { ControllerSource } from './controller-facts.ts';
import { allStatuses } from './controller-status.ts';

const maxConnections = 50;
const maxStreams = 200;

/** The states of controllers as an event stream: all of them at first, and again whenever one has changed. */
@Controller('api/system/controllers/status/subscribe')
export class StatusStreamController {
  readonly #logger: Logger;
  readonly #config: ServerConfig;
  readonly #clock: Clock;
  readonly #sessions: Sessions;
  readonly #shutdown: AbortSignal;
  readonly #source: ControllerSource;
  #streams = 0;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(CLOCK) clock: Clock,
    @Inject(Sessions) sessions: Sessions,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
    @Inject(CONTROLLER_SOURCE) source: ControllerSource,
  ) {
    this.#logger = logger;
    this.#config = config;
    this.#clock = clock;
    this.#sessions = sessions;
    this.#shutdown = shutdown;
    this.#source = source;
  }

  @Get()
  async subscribe(@Query() raw: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ids = [...new Set(repeated(raw, 'connectionIds', 'connectionIDs', 'connection_ids') ?? [])];
    if (ids.length > maxConnections) throw badParameter('connectionIds', `may name ${String(maxConnections)} at most`);
    if (this.#streams >= maxStreams) throw tooMany();
    const ctx = streamContext({ request, reply }, this.#logger);
    const first = await this.#statuses(ctx, ids);
    this.#streams += 1;
    try {
      this.#open(reply);
      await this.#follow(ctx, { request, reply, ids, first });
    } finally {
      this.#streams -= 1;
      reply.raw.end();
    }
  }

  #open(reply: FastifyReply): void {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  }

  async #follow(ctx: RequestContext, stream: Stream): Promise<void> {
    const session = requireSession(stream.request);
    const { raw } = stream.reply;
    const signal = AbortSignal.any([ctx.signal, this.#shutdown]);
    let sent = stream.first;
    raw.write(frame(sent));
    let spokenAt = this.#clock.monotonic();
    while (await this.#paused(signal)) {
      if (!this.#sessions.isLive(session)) return;
      const now = await this.#statuses(ctx, stream.ids).catch((error: unknown) => this.#keep(ctx, error, sent));
      const isQuiet = now === sent;
      if (isQuiet && this.#clock.monotonic() - spokenAt < this.#config.heartbeatMs) continue;
      // A client that does not read is not written to for ever.
      if (raw.writableLength > this.#config.maxClientBuffer) return;
      raw.write(isQuiet ? ': alive\n\n' : frame(now));
      sent = now;
      spokenAt = this.#clock.monotonic();
    }
  }

  /** False when the stream is over. */
  async #paused(signal: AbortSignal): Promise<boolean> {
    await this.#clock.sleep(this.#config.controllersPollMs, signal).catch(() => undefined);
    return !signal.aborted;
  }

  #keep(ctx: RequestContext, error: unknown, sent: string): string {
    ctx.logger.warn({ code: toMesheryError(error).code }, 'states of controllers could not be read');
    return sent;
  }

  /** All states as JSON text; connections that are unknown to whoever asks have none. */
  async #statuses(ctx: RequestContext, ids: readonly string[]): Promise<string> {
    const facts = await Promise.all(ids.map((id) => this.#source.facts(ctx, id)));
    return JSON.stringify(
      facts.flatMap((known) => (known === undefined ? [] : allStatuses(known).map(inBothSpellings))),
    );
  }
}

interface Stream {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly ids: readonly string[];
  readonly first: string;
}

function frame(text: string): string {
  return `data: ${text}\n\n`;
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1005', 'Too many streams of controller states are open.', {
    probableCause: 'Many pages are open, or a client does not end its streams.',
    remedy: 'Close some of them and connect again.',
  });
}
