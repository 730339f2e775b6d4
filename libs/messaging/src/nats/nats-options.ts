import type { NodeConnectionOptions } from '@nats-io/transport-node';
import type { NatsAddress } from './nats-address.ts';
import type { NatsLogin } from './nats-credentials.ts';

/** How to reach a NATS server. */
export interface NatsBrokerOptions {
  /** "[nats://|tls://][token@|user:password@]host[:port]". */
  readonly url: string;
  /** Name of the connection in the server's monitor. */
  readonly name: string;
  /** Token or USER:PASSWORD, when it is not in the URL; asked at each (re)connect, so it can be rotated. */
  readonly token?: () => string;
  /** The connection must be TLS: PEM texts, or the path of the CA, which is read at each (re)connect. */
  readonly tls?: {
    readonly ca?: string;
    readonly caFile?: string;
    readonly cert?: string;
    readonly key?: string;
    /** The name that the certificate has, where it is not the host of the URL. */
    readonly servername?: string;
  };
  /** Milliseconds between attempts to connect; 500 unless told. */
  readonly reconnectMs?: number;
}

/** Milliseconds a connection or a JetStream call may take. */
export const defaultTimeoutMs = 5000;

/** Milliseconds between attempts. */
export const retryMs = 500;

/** A connection without an answer to two pings is stale; more of them would be most of what an idle one costs. */
const pings = { pingInterval: 10_000, maxPingOut: 1 };

/** The client's options: reconnect without limit, also when credentials are refused for a while. */
export function connectOptions(
  options: NatsBrokerOptions,
  { server, tls }: NatsAddress,
  login: () => NatsLogin,
): NodeConnectionOptions {
  return {
    servers: server,
    name: options.name,
    timeout: defaultTimeoutMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: options.reconnectMs ?? retryMs,
    ...pings,
    ignoreAuthErrorAbort: true,
    authenticator: login,
    ...(tls || options.tls !== undefined ? { tls: options.tls ?? {} } : {}),
  };
}
