import type { IncomingMessage } from 'node:http';
import { openRequest } from './http.ts';

/** One server-sent event. */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
  /** `performance.now()` when its last byte arrived. */
  readonly receivedAt: number;
}

/** Splits a text/event-stream into events; feed it chunks as they come. */
export class EventStreamParser {
  #rest = '';
  #fields = { id: '', event: 'message', data: [] as string[] };
  readonly #onEvent: (event: SentEvent) => void;

  constructor(onEvent: (event: SentEvent) => void) {
    this.#onEvent = onEvent;
  }

  feed(text: string): void {
    const receivedAt = performance.now();
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line.endsWith('\r') ? line.slice(0, -1) : line, receivedAt);
  }

  #take(line: string, receivedAt: number): void {
    if (line === '') this.#dispatch(receivedAt);
    const colon = line.indexOf(':');
    if (colon <= 0) return;
    const name = line.slice(0, colon);
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#fields.data.push(value);
    else if (name === 'id' || name === 'event') this.#fields[name] = value;
  }

  #dispatch(receivedAt: number): void {
    const { id, event, data } = this.#fields;
    this.#fields = { id, event: 'message', data: [] };
    if (data.length > 0) this.#onEvent({ id, event, data: data.join('\n'), receivedAt });
  }
}

/** An open subscription. */
export interface Subscription {
  /** Resolves when the server ends the stream or the connection breaks. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Subscribes to a text/event-stream; rejects when the answer is not 200. Close it when done. */
export async function subscribe(
  url: string,
  headers: Readonly<Record<string, string>>,
  onEvent: (event: SentEvent) => void,
): Promise<Subscription> {
  const sent = { ...headers, accept: 'text/event-stream' };
  const { outgoing, incoming } = openRequest(url, { headers: sent, timeoutMs: 120_000 });
  outgoing.end();
  const response = await incoming;
  if (response.statusCode !== 200) {
    outgoing.destroy();
    throw new Error(`${url} was answered ${String(response.statusCode)}`);
  }
  const ended = pump(response, new EventStreamParser(onEvent));
  return {
    ended,
    close: () => {
      outgoing.destroy();
    },
  };
}

function pump(response: IncomingMessage, parser: EventStreamParser): Promise<void> {
  response.setEncoding('utf8');
  const { promise, resolve } = Promise.withResolvers<undefined>();
  response.on('data', (text: string) => {
    parser.feed(text);
  });
  response.on('error', () => undefined);
  response.on('close', () => {
    resolve(undefined);
  });
  return promise;
}
