import { Metadata, credentials } from '@grpc/grpc-js';
import type { ChannelCredentials, ClientDuplexStream } from '@grpc/grpc-js';
import { peerVersionKey } from '@meshery/contracts';
import type {
  FollowRequest,
  FollowResponse,
  OpenRunRequest,
  OpenRunResponse,
  PushResponse,
  ServeRequest,
  ServeResponse,
} from '@meshery/contracts';
import { createIngestServiceClient, openFollow, openRunEncoded, openServe, pushEncoded } from '@meshery/contracts/grpc';
import type { IngestServiceClient } from '@meshery/contracts/grpc';

/** How the server is reached. */
export interface IngestChannelOptions {
  /** "host:port". */
  readonly address: string;
  /** mTLS or TLS: PEM texts; plain text when absent. */
  readonly tls?: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
  /** Token of the caller; read for each call, so that it can be rotated. */
  readonly token?: () => string | undefined;
  /** Version of the caller, for the server to judge. */
  readonly version?: string;
}

const keepAlive = {
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 5000,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2000,
  'grpc.max_receive_message_length': 16 * 1024 ** 2,
  'grpc.max_send_message_length': 16 * 1024 ** 2,
  'grpc-node.flow_control_window': 4 * 1024 ** 2,
};

/**
 * The calls of all clusters to the Ingest service, over one connection: streams have a flow control of their own, so one
 * that is stuck holds up no other. `close()` ends it.
 */
export class IngestChannel {
  readonly #client: IngestServiceClient;
  readonly #token: () => string | undefined;
  readonly #version: string | undefined;

  constructor(options: IngestChannelOptions) {
    this.#client = createIngestServiceClient(options.address, credentialsOf(options), keepAlive);
    this.#token = options.token ?? (() => undefined);
    this.#version = options.version;
  }

  openRun(request: OpenRunRequest, timeoutMs: number): Promise<OpenRunResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<OpenRunResponse>();
    const deadline = Date.now() + timeoutMs;
    this.#client.openRun(request, this.#metadata(), { deadline }, (error, response) => {
      if (error === null && response !== undefined) resolve(response);
      else reject(error ?? new Error('the server answered nothing'));
    });
    return promise;
  }

  /** Relays an opening of somebody else with the bytes of request and answer as they are. */
  relayOpenRun(request: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    return openRunEncoded(this.#client, request, { metadata: this.#metadata(), deadline: Date.now() + timeoutMs });
  }

  push(): ClientDuplexStream<Uint8Array, PushResponse> {
    return pushEncoded(this.#client, this.#metadata());
  }

  /** The stream of requests, on the same connection. */
  serve(): ClientDuplexStream<ServeRequest, ServeResponse> {
    return openServe(this.#client, this.#metadata());
  }

  /** The stream of the clusters that the caller serves, on the same connection. */
  follow(): ClientDuplexStream<FollowRequest, FollowResponse> {
    return openFollow(this.#client, this.#metadata());
  }

  /** Resolves when the connection stands; rejects after `timeoutMs`. */
  whenReady(timeoutMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#client.waitForReady(Date.now() + timeoutMs, (error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    return promise;
  }

  close(): void {
    this.#client.close();
  }

  #metadata(): Metadata {
    const metadata = new Metadata();
    const token = this.#token();
    if (token !== undefined && token !== '') metadata.set('authorization', `Bearer ${token}`);
    if (this.#version !== undefined) metadata.set(peerVersionKey, this.#version);
    return metadata;
  }
}

function credentialsOf(options: IngestChannelOptions): ChannelCredentials {
  const { tls } = options;
  if (tls === undefined) return credentials.createInsecure();
  return credentials.createSsl(tls.ca ?? null, tls.key ?? null, tls.cert ?? null);
}
