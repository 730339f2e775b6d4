import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it is sent: path and headers go out as they are, also those that `fetch` would change or refuse. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What was answered; of an event stream or an upgrade the head only. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one request. Rejects when the connection breaks before the answer. */
export function rawRequest(url: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const { hostname, port } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const outgoing = request({ hostname, port, method, path, headers: { ...length, ...headers } }, (incoming) => {
    const head = { status: incoming.statusCode ?? 0, headers: incoming.headers };
    let text = '';
    if (incoming.headers['content-type']?.startsWith('text/event-stream') === true) {
      incoming.destroy();
      resolve({ ...head, text });
      return;
    }
    incoming.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    incoming.on('end', () => {
      resolve({ ...head, text });
    });
  });
  outgoing.on('error', reject);
  outgoing.on('upgrade', ({ statusCode = 0, headers: answered }, socket) => {
    socket.destroy();
    resolve({ status: statusCode, headers: answered, text: '' });
  });
  outgoing.end(body);
  return promise;
}
