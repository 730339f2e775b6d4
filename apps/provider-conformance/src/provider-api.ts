import { Mismatch } from './mismatch.ts';

const maxBody = 1024 * 1024;

/** One request to a provider. */
export interface ProviderRequest {
  /** The whole cookie value, as a server presents it. */
  readonly token?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
}

/** What a provider answered; `body` is undefined when it is no JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks a provider as a server does, and remembers what it answered; never what was sent. */
export class ProviderApi {
  readonly url: string;
  readonly #timeoutMs: number;
  #trace: string[] = [];

  constructor(url: string, timeoutMs: number) {
    this.url = url.replace(/\/+$/, '');
    this.#timeoutMs = timeoutMs;
  }

  /** What was asked and answered since the last time, without tokens. */
  takeTrace(): string {
    return this.#trace.splice(0).join(', ');
  }

  /** Follows no redirect. Rejects with a Mismatch when there is no whole answer in time. */
  async send(method: string, path: string, { token, body, query }: ProviderRequest = {}): Promise<Answer> {
    const asked = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    const headers = {
      systemid: 'conformance',
      ...(token === undefined ? {} : { authorization: `bearer ${token}`, 'x-api-key': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    try {
      const response = await fetch(`${this.url}${path}${asked}`, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      this.#trace.push(`${method} ${path}: ${String(response.status)}`);
      return { status: response.status, headers: response.headers, body: jsonOf(await boundedText(response)) };
    } catch (error) {
      if (error instanceof Mismatch) throw error;
      throw new Mismatch(
        `${method} ${path}: no answer within ${String(this.#timeoutMs / 1000)} s (${reasonOf(error)})`,
      );
    }
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBody) throw new Mismatch(`an answer of more than ${String(maxBody)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
