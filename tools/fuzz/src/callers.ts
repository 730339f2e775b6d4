import { randomUUID } from 'node:crypto';
import type { CallerName } from './arguments.ts';

/** An answer of the server under test. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What is sent; a body goes as JSON. */
export interface Sending {
  readonly token?: string | undefined;
  readonly body?: object;
}

const TIMEOUT_MS = 30_000;

/** Sends requests to a server and reads the answers; redirections are answers. */
export class FuzzTarget {
  readonly url: string;
  /** The owner's. */
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** One request, with the owner's token unless told. */
  async send(method: string, path: string, { token = this.token, body }: Sending = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const type = response.headers.get('content-type') ?? '';
    if (!type.startsWith('text/event-stream')) return { status: response.status, type, text: await response.text() };
    // A stream does not end by itself: that it began is the answer.
    await response.body?.cancel();
    return { status: response.status, type, text: '' };
  }

  /** The same, and what a JSON answer holds; throws when the status is another. */
  async ask<T>(status: number, method: string, path: string, sending: Sending = {}): Promise<T> {
    const answer = await this.send(method, path, sending);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text}`);
    return JSON.parse(answer.text) as T;
  }

  /** The token of a new user with this role; none for nobody. */
  async signIn(name: CallerName): Promise<string> {
    if (name === 'owner') return this.token;
    if (name === 'nobody') return '';
    const body = { name: randomUUID(), role: name };
    const { id } = await this.ask<{ id: string }>(201, 'POST', '/api/identity/users', { body });
    const { path } = await this.ask<{ path: string }>(200, 'POST', `/api/identity/users/${id}/code`);
    const code = new URL(path, this.url).searchParams.get('code');
    const signedIn = await this.ask<{ token: string }>(200, 'POST', '/auth/local', { token: '', body: { code } });
    return signedIn.token;
  }
}
