import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { portOf } from '@meshery/testing';

/** One request on its way to the provider. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the provider answers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is wrong with a provider: it may change what goes in and what comes out. */
export type Fault = (exchange: Exchange, pass: (exchange: Exchange) => Promise<Reply>) => Promise<Reply>;

/** A provider that stands before a sound one and has one fault. Stop it when done. */
export class FaultyProvider {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String(portOf(server))}`;
  }

  static async start(soundUrl: string, fault: Fault): Promise<FaultyProvider> {
    const pass = (exchange: Exchange): Promise<Reply> => ask(soundUrl, exchange);
    const server = createServer((request, response) => {
      void receive(request)
        .then((exchange) => fault(exchange, pass))
        .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
        .catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultyProvider(server);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

async function receive(request: IncomingMessage): Promise<Exchange> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const wanted = ['authorization', 'content-type'] as const;
  const headers = wanted.flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://provider'),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function ask(soundUrl: string, { method, url, headers, body }: Exchange): Promise<Reply> {
  const response = await fetch(`${soundUrl}${url.pathname}${url.search}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === '' ? {} : { body }),
  });
  const kept = ['content-type', 'cache-control', 'location'].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    status: response.status,
    headers: Object.fromEntries(kept) as Record<string, string>,
    body: await response.text(),
  };
}
