import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { publishedObjects } from './published-objects.ts';

/** How a published agent finds its broker: the URL that the operator puts together, `nats://USER:PASSWORD@host:port`. */
export interface PublishedBroker {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/**
 * A published MeshSync as it looks from the broker, written from its wire contract and with nothing of ours in it: the
 * protocol of NATS by hand, the envelope and the objects as texts. It publishes all it has when it starts, answers
 * `resync-discovery` and `informer-store`, and is silent otherwise. Close it when done.
 */
export class PublishedAgent {
  /** Requests as they came. */
  readonly requests: string[] = [];
  readonly #socket: Socket;
  readonly #names: Set<string>;
  #unread = Buffer.alloc(0);

  private constructor(socket: Socket, names: Iterable<string>) {
    this.#socket = socket;
    this.#names = new Set(names);
    socket.on('data', (chunk: Buffer) => {
      this.#read(chunk);
    });
    socket.on('error', () => undefined);
  }

  /** Connects, with the objects of these names in its cluster. */
  static async start({ port, user, password }: PublishedBroker, names: Iterable<string>): Promise<PublishedAgent> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const agent = new PublishedAgent(socket, names);
    const options = {
      verbose: false,
      pedantic: false,
      tls_required: false,
      lang: 'go',
      version: '1.47.0',
      protocol: 1,
    };
    const named = {
      ...options,
      user,
      pass: password,
      name: 'meshsync',
      echo: true,
      headers: true,
      no_responders: true,
    };
    agent.#send(`CONNECT ${JSON.stringify(named)}\r\nPING\r\n`);
    agent.#send('SUB meshery.meshsync.request meshsync-request-stream 1\r\n');
    agent.publishAll();
    return agent;
  }

  /** Everything that its informers list. */
  publishAll(): void {
    for (const name of this.#names) this.event('ADDED', publishedObjects[name] ?? '');
  }

  /** One event of an informer. */
  event(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: string): void {
    this.publish(
      'meshery.meshsync.core',
      `{"ObjectType":"meshsync-data","EventType":"${type}","Request":null,"Object":${object}}`,
    );
  }

  /** Any message, without headers, as published agents send them. */
  publish(subject: string, text: string): void {
    this.#send(`PUB ${subject} ${String(Buffer.byteLength(text))}\r\n${text}\r\n`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(text: string): void {
    this.#socket.write(text);
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const end = this.#unread.indexOf('\r\n');
      if (end < 0) return;
      const words = this.#unread.subarray(0, end).toString().split(' ');
      const isMessage = words[0] === 'MSG' || words[0] === 'HMSG';
      const bytes = isMessage ? Number(words.at(-1)) + 2 : 0;
      if (this.#unread.length < end + 2 + bytes) return;
      const headers = words[0] === 'HMSG' ? Number(words.at(-2)) : 0;
      const payload = this.#unread.subarray(end + 2 + headers, end + bytes).toString();
      this.#unread = this.#unread.subarray(end + 2 + bytes);
      if (words[0] === 'PING') this.#send('PONG\r\n');
      if (isMessage) this.#onRequest(payload);
    }
  }

  #onRequest(text: string): void {
    this.requests.push(text);
    const { Request: request } = JSON.parse(text) as {
      Request: { Entity: string; Payload: { Reply?: string } | null };
    };
    if (request.Entity === 'resync-discovery') this.publishAll();
    if (request.Entity === 'informer-store') this.#sendStore(request.Payload?.Reply ?? '');
  }

  #sendStore(reply: string): void {
    const objects = [...this.#names].map((name) => publishedObjects[name] ?? '');
    for (let first = 0; first < objects.length; first += 5) {
      const part = objects.slice(first, first + 5).join(',');
      this.publish(reply, `{"ObjectType":"","EventType":"","Request":null,"Object":[${part}]}`);
    }
  }
}
