import { MesheryError } from '@meshery/errors';
import { SHUTDOWN_SIGNAL } from '@meshery/service';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { CONFIG } from '../tokens.ts';
import { ProviderDirectory } from './provider-directory.ts';
import type { ListedProvider } from './provider-list.ts';

/** Anybody may open one: there are few, and each has an end. */
const mostStreams = 100;
const longestMs = 15 * 60_000;
const maxBuffered = 65_536;

/** The states of the providers as server-sent events, for the page on which one is chosen. */
@Injectable()
export class ProviderStreams {
  readonly #directory: ProviderDirectory;
  readonly #heartbeatMs: number;
  readonly #shutdown: AbortSignal;
  #open = 0;

  constructor(
    @Inject(ProviderDirectory) directory: ProviderDirectory,
    @Inject(CONFIG) { heartbeatMs }: ServerConfig,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
  ) {
    this.#directory = directory;
    this.#heartbeatMs = heartbeatMs;
    this.#shutdown = shutdown;
  }

  /** Answers with all providers, then with every change. Throws `meshery-core-1005` when too many listen already. */
  open(reply: FastifyReply): void {
    if (reply.request.method === 'HEAD') {
      void reply.type('text/event-stream; charset=utf-8').send();
      return;
    }
    if (this.#open >= mostStreams) throw tooMany();
    this.#open += 1;
    reply.hijack();
    const { raw } = reply;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    const closed = new AbortController();
    const write = (text: string): void => {
      if (raw.writableEnded || raw.destroyed) return;
      raw.write(text);
      if (raw.writableLength > maxBuffered) raw.destroy();
    };
    const send = (listed: ListedProvider): void => {
      write(`event: provider\ndata: ${JSON.stringify(listed)}\n\n`);
    };
    const end = (): void => void raw.end();
    const heartbeat = setInterval(() => {
      write(': alive\n\n');
    }, this.#heartbeatMs);
    AbortSignal.any([this.#shutdown, AbortSignal.timeout(longestMs)]).addEventListener('abort', end, {
      signal: closed.signal,
    });
    raw.once('close', () => {
      clearInterval(heartbeat);
      closed.abort();
      this.#open -= 1;
    });
    for (const listed of this.#directory.all()) send(listed);
    this.#directory.follow(send, closed.signal);
  }
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1005', 'Too many pages listen to the state of the providers.', {
    remedy: 'Close pages that are not needed, or ask /api/providers instead.',
  });
}
