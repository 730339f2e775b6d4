import { MesheryError } from '@meshery/errors';

/** How long an answer is waited for, unless told. */
export const patienceMs = 5000;
const maxBody = 16 * 1024 * 1024;
/** What a page may be answered under this server's own address; anything else is shown as text. */
const passedTypes = /^(application\/json|text\/plain)\b/;

/** One call of a provider. */
export interface ProviderCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** The session on whose behalf: the whole cookie value. */
  readonly token?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long an answer is waited for, 5 s unless told. */
  readonly deadlineMs?: number;
}

/** What a provider answered: its status, and the JSON of its body. */
export interface ProviderAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer as it came; nothing that a browser would run. */
export interface PassedAnswer {
  readonly status: number;
  readonly type: string;
  readonly content: Buffer;
}

/** Calls one remote provider: every call has a deadline and a bound, and follows no redirect. */
export class ProviderClient {
  readonly url: string;
  readonly #instanceId: string;
  readonly #heard: (error?: MesheryError) => void;

  /** Takes the base address of the provider, the id that this server has there, and who hears how each call went. */
  constructor(url: string, instanceId: string, heard: (error?: MesheryError) => void = () => undefined) {
    this.url = url.replace(/\/+$/, '');
    this.#instanceId = instanceId;
    this.#heard = heard;
  }

  /** Rejects with `meshery-provider-2001` when the provider does not answer, or answers 5xx or nonsense. */
  async call(path: string, call: ProviderCall = {}): Promise<ProviderAnswer> {
    const { status, content } = await this.pass(path, call);
    try {
      return { status, body: content.length === 0 ? undefined : (JSON.parse(content.toString('utf8')) as unknown) };
    } catch (cause) {
      throw providerAway(this.url, cause);
    }
  }

  /** The answer as it came. Rejects with `meshery-provider-2001` when there is none, or one of status 5xx. */
  async pass(path: string, call: ProviderCall): Promise<PassedAnswer> {
    try {
      const answer = await this.#fetch(path, call);
      this.#heard();
      return answer;
    } catch (cause) {
      const error = cause instanceof MesheryError ? cause : providerAway(this.url, cause);
      // Whoever does not wait any more says nothing about the provider.
      if (call.signal?.aborted !== true) this.#heard(error);
      throw error;
    }
  }

  async #fetch(path: string, call: ProviderCall): Promise<PassedAnswer> {
    const { method = 'GET', token, body, query, signal, deadlineMs = patienceMs } = call;
    const suffix = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    const headers = {
      systemid: this.#instanceId,
      ...(token === undefined ? {} : { authorization: `bearer ${token}`, 'x-api-key': token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const deadline = AbortSignal.timeout(deadlineMs);
    const response = await fetch(`${this.url}${path}${suffix}`, {
      method,
      headers,
      redirect: 'manual',
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content = await boundedContent(response);
    if (response.status >= 500) throw providerAway(this.url, new Error(`status ${String(response.status)}`));
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type: passedTypes.test(type) ? type : 'text/plain; charset=utf-8', content };
  }
}

async function boundedContent(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBody) throw new RangeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** True for what says that a token is not known (any more); other statuses say nothing about the token. */
export function refusesToken(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

/** The error of a provider that does not answer, or nothing of use. */
export function providerAway(url: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-provider-2001', `The provider ${new URL(url).host} cannot be asked now.`, {
    probableCause: 'It is down or overloaded, or the network between it and this server is. Your session is kept.',
    remedy: 'Try again in a moment; if it stays so, ask whoever runs the provider.',
    cause,
  });
}
