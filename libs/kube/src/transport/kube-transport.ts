import { Pool, ProxyAgent } from 'undici';
import type { Agent, Dispatcher } from 'undici';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { impersonationHeaders } from '../streams/pod-target.ts';
import type { Impersonation } from '../streams/pod-target.ts';
import { malformedAnswer } from '../kube-errors.ts';
import { BodyReader } from './body-reader.ts';
import type { ResponseHeaders } from './body-reader.ts';
import { explainTransportError } from './tls-errors.ts';
import { tlsOptions } from './tls-options.ts';
import type { TlsOptions } from './tls-options.ts';

/** Limits and times of a transport; every field has a default. */
export interface TransportOptions {
  readonly clock: Clock;
  /** Name sent as User-Agent. */
  readonly userAgent?: string;
  /** On whose behalf every request is made; the credential's own without it. */
  readonly impersonate?: Impersonation;
  /** Most connections held by streams (one per watched kind). Default 2048. */
  readonly maxStreamConnections?: number;
  /** Most connections for short calls. Default 8. */
  readonly maxCallConnections?: number;
  /** Longest time to establish a connection, in ms. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Longest time until the head of an answer arrives, in ms. Default 30,000. */
  readonly headTimeoutMs?: number;
  /** Longest short call, body included, in ms. Default 30,000. */
  readonly callTimeoutMs?: number;
  /** Called for every piece of a body received. */
  readonly onBytes?: (bytes: number) => void;
}

/** A GET request. */
export interface GetOptions {
  readonly signal: AbortSignal;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Largest body of a short call in bytes; default 64 MiB. */
  readonly maxBytes?: number;
}

/** A request that may change something. */
export interface SendOptions extends GetOptions {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: string;
  /** Of the body; JSON when absent. */
  readonly contentType?: string;
  /** Called when the request goes out on a connection, which may be long after the call; what it throws ends the call. */
  readonly beforeSend?: () => void;
}

/** Answer of a short call, whatever its status. */
export interface KubeResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

/** An answer whose body is read piece by piece; the reader must be read to its end or aborted. */
export interface KubeStream {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: BodyReader;
}

/** HTTP/1.1 connections to one API server. Close it when the cluster is no longer needed. */
export interface KubeTransport {
  /** Base URL without credentials. */
  readonly server: string;
  /** A short call with a deadline. Rejects with `meshery-kube-1303`, `1304`, `1307` or `1309`; statuses are not errors. */
  get(path: string, options: GetOptions): Promise<KubeResponse>;
  /** A short call that may change something; rejects as `get` does. It is sent once: a failure may hide a success. */
  send(path: string, options: SendOptions): Promise<KubeResponse>;
  /** A call whose body may last for ever: no deadline after the head. */
  stream(path: string, options: GetOptions): Promise<KubeStream>;
  /** Makes the next request read the credential anew, after a 401. */
  invalidateCredential(): void;
  /** Ends every request and closes the sockets. */
  close(): Promise<void>;
}

type AnyOptions = GetOptions & Partial<Pick<SendOptions, 'method' | 'body' | 'contentType' | 'beforeSend'>>;

const defaultMaxBytes = 64 * 1024 * 1024;

/** Makes the transport of one cluster; connects lazily. Throws `meshery-kube-1301` when the certificates are unusable. */
export function createKubeTransport(access: ClusterAccess, options: TransportOptions): KubeTransport {
  return new UndiciTransport(access, options);
}

class UndiciTransport implements KubeTransport {
  readonly server: string;
  readonly #access: ClusterAccess;
  readonly #options: TransportOptions;
  readonly #origin: string;
  readonly #prefix: string;
  readonly #streams: Dispatcher;
  readonly #calls: Dispatcher;

  constructor(access: ClusterAccess, options: TransportOptions) {
    const url = new URL(access.server);
    this.server = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    this.#access = access;
    this.#options = options;
    this.#origin = url.origin;
    this.#prefix = url.pathname.replace(/\/+$/, '');
    const tls = tlsOptions(access);
    this.#streams = makeDispatcher(access, options, { tls, connections: options.maxStreamConnections ?? 2048 });
    this.#calls = makeDispatcher(access, options, { tls, connections: options.maxCallConnections ?? 8 });
  }

  get(path: string, options: GetOptions): Promise<KubeResponse> {
    return this.#call(path, options);
  }

  send(path: string, options: SendOptions): Promise<KubeResponse> {
    return this.#call(path, options);
  }

  async #call(path: string, options: AnyOptions): Promise<KubeResponse> {
    const deadline = AbortSignal.timeout(this.#options.callTimeoutMs ?? 30_000);
    const signal = AbortSignal.any([options.signal, deadline]);
    const stream = await this.#open(this.#calls, path, { ...options, signal });
    const release = abortWith(stream.body, signal);
    try {
      const body = await collect(stream.body, options.maxBytes ?? defaultMaxBytes, path);
      return { status: stream.status, headers: stream.headers, body };
    } catch (error) {
      throw await this.#explain(error, options.signal);
    } finally {
      release();
    }
  }

  stream(path: string, options: GetOptions): Promise<KubeStream> {
    return this.#open(this.#streams, path, options);
  }

  invalidateCredential(): void {
    this.#access.credential.invalidate();
  }

  async close(): Promise<void> {
    await Promise.all([this.#streams.destroy(), this.#calls.destroy()]);
  }

  async #open(dispatcher: Dispatcher, path: string, options: AnyOptions): Promise<KubeStream> {
    const authorization = await this.#access.credential.authorization();
    options.signal.throwIfAborted();
    const { clock, onBytes } = this.#options;
    const reader = new BodyReader(() => clock.monotonic(), { onBytes, beforeSend: options.beforeSend });
    const release = abortWith(reader, options.signal);
    try {
      dispatcher.dispatch(this.#request(path, options, authorization), reader);
      const head = await reader.head;
      return { ...head, body: reader };
    } catch (error) {
      throw await this.#explain(error, options.signal);
    } finally {
      release();
    }
  }

  #request(path: string, options: AnyOptions, authorization: string | undefined): Dispatcher.DispatchOptions {
    return {
      origin: this.#origin,
      path: `${this.#prefix}${path}`,
      method: options.method ?? 'GET',
      ...(options.body === undefined ? {} : { body: options.body }),
      headers: {
        accept: options.accept ?? 'application/json',
        'user-agent': this.#options.userAgent ?? 'meshery',
        ...(authorization === undefined ? {} : { authorization }),
        ...(options.body === undefined ? {} : { 'content-type': options.contentType ?? 'application/json' }),
        ...impersonationHeaders(this.#options.impersonate),
        ...options.headers,
      },
      headersTimeout: this.#options.headTimeoutMs ?? 30_000,
      bodyTimeout: 0,
    };
  }

  async #explain(error: unknown, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted || error instanceof MesheryError) return error;
    return explainTransportError(error, this.#access, this.#options.clock);
  }
}

/** Aborts the reader with the signal; returns the function that ends the connection between the two. */
function abortWith(reader: BodyReader, signal: AbortSignal): () => void {
  const onAbort = (): void => {
    reader.abort(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    signal.removeEventListener('abort', onAbort);
  };
}

async function collect(body: BodyReader, maxBytes: number, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read()) {
    chunks.push(chunk);
    if (body.bytes <= maxBytes) continue;
    const error = malformedAnswer(path, `more than ${String(maxBytes)} bytes`);
    body.abort(error);
    throw error;
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/**
 * How long an unused connection is kept, in ms: enough for the next page of a list. A longer pause is a risk: a
 * connection that died in silence meanwhile would be picked for the next watch and keep it waiting for its head.
 */
const idleMs = 1000;

interface Connecting {
  readonly tls: TlsOptions;
  readonly connections: number;
}

function makeDispatcher(
  access: ClusterAccess,
  options: TransportOptions,
  { tls, connections }: Connecting,
): Dispatcher {
  const timeout = options.connectTimeoutMs ?? 10_000;
  const socket = { timeout, keepAlive: true, keepAliveInitialDelay: 30_000 };
  // HTTP/1.1 on purpose: one socket per watch gives every kind its own flow control, so a paused kind stops no other.
  const common = { connections, pipelining: 1, keepAliveTimeout: idleMs, allowH2: false };
  if (access.proxyUrl === undefined) {
    const { lookup } = access;
    const connect = { ...tls, ...socket, ...(lookup === undefined ? {} : { lookup }) };
    return new Pool(new URL(access.server).origin, { ...common, connect });
  }
  return new ProxyAgent({
    ...common,
    uri: access.proxyUrl,
    requestTls: { ...tls, ...socket },
    connect: socket,
    factory: (origin, poolOptions: object) => new Pool(origin, { ...poolOptions, ...common }),
  } satisfies ProxyAgent.Options & Agent.Options);
}
