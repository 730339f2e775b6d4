import { Agent as PlainAgent } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent } from 'node:https';
import type { WebSocket } from 'ws';
import { systemClock } from '@meshery/observability';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { explainTransportError } from '../transport/tls-errors.ts';
import { tlsOptions } from '../transport/tls-options.ts';
import { readStatus } from '../watch/api-status.ts';
import { impersonationHeaders } from './pod-target.ts';
import type { Impersonation } from './pod-target.ts';
import { streamRefused } from './stream-errors.ts';

/** What a WebSocket to an API server is for. */
export interface WebSocketRequest {
  /** With query. */
  readonly path: string;
  /** Offered in this order. */
  readonly protocols: readonly string[];
  readonly impersonate?: Impersonation;
  /** A verb with its object, for errors: "forward a port of pod a/b". */
  readonly what: string;
}

const handshakeTimeoutMs = 30_000;
const keepAliveMs = 30_000;
/** Nodes send pieces of 32 KiB. */
const maxFrameBytes = 4 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;

/**
 * Opens a WebSocket with the TLS, credential and proxy of a cluster. It comes back paused, so that no frame is lost.
 * Rejects with `meshery-kube-1303`, `1304`, `1308` to `1311`, `meshery-core-1001`, or the signal's reason. Whoever asked
 * ends it.
 */
export async function openWebSocket(
  access: ClusterAccess,
  request: WebSocketRequest,
  signal: AbortSignal,
): Promise<WebSocket> {
  const authorization = await access.credential.authorization();
  signal.throwIfAborted();
  // Loaded when the first stream is opened: an agent that serves none does not pay for it.
  const { WebSocket: Socket } = await import('ws');
  const socket = new Socket(`${access.server}${request.path}`, [...request.protocols], {
    agent: agentOf(access),
    handshakeTimeout: handshakeTimeoutMs,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    headers: {
      'user-agent': 'meshery',
      ...(authorization === undefined ? {} : { authorization }),
      ...impersonationHeaders(request.impersonate),
    },
  });
  const onAbort = (): void => {
    socket.terminate();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await opened(socket, access, request.what);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** One for each socket: nothing is kept between streams. */
function agentOf(access: ClusterAccess): Agent | PlainAgent {
  const { proxyUrl, server, lookup } = access;
  const direct = lookup === undefined ? {} : { lookup };
  const way = proxyUrl === undefined ? direct : { proxyEnv: { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl } };
  return server.startsWith('https:') ? new Agent({ ...tlsOptions(access), ...way }) : new PlainAgent(way);
}

function opened(socket: WebSocket, access: ClusterAccess, what: string): Promise<WebSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  socket.once('upgrade', (response) => {
    response.socket.setKeepAlive(true, keepAliveMs);
  });
  socket.once('open', () => {
    socket.pause();
    socket.removeAllListeners('error');
    resolve(socket);
  });
  socket.once('error', (error) => {
    explainTransportError(error, access, systemClock).then(reject, reject);
  });
  socket.once('unexpected-response', (request, response) => {
    refusal(response, access, what)
      .then(reject, reject)
      .finally(() => request.destroy());
  });
  return promise;
}

async function refusal(response: IncomingMessage, access: ClusterAccess, what: string): Promise<Error> {
  const { statusCode = 0 } = response;
  if (statusCode === 401) access.credential.invalidate();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxErrorBytes) break;
  }
  return streamRefused(access.server, what, readStatus(Buffer.concat(chunks), statusCode));
}
