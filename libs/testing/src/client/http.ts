import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

/** One request to a service of ours. */
export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number;
  readonly agent?: Agent;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Sends a request over plain HTTP; rejects when there is no whole answer in time. */
export async function httpRequest(url: string, options: HttpRequest = {}): Promise<HttpAnswer> {
  const { outgoing, incoming } = openRequest(url, options);
  outgoing.end(options.body);
  const response = await incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
}

/** Opens a request whose answer is read as it comes. */
export function openRequest(
  url: string,
  options: HttpRequest = {},
): { readonly outgoing: ClientRequest; readonly incoming: Promise<IncomingMessage> } {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { 'user-agent': 'meshery-testing', ...options.headers };
  const agent = options.agent === undefined ? {} : { agent: options.agent };
  const outgoing = request(url, { method: options.method ?? 'GET', headers, ...agent }, resolve);
  outgoing.setTimeout(options.timeoutMs ?? 30_000, () => outgoing.destroy(new Error(`${url}: no answer in time`)));
  outgoing.on('error', reject);
  return { outgoing, incoming: promise };
}
