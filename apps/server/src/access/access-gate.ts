import { MesheryError, toMesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import {
  AccessTable,
  hostNameOf,
  isAllowedHost,
  isLocalHostName,
  pathOf,
  presentedCredential,
  whyExchangeRefused,
  whyOriginRefused,
} from '@meshery/security';
import type { PeerFacts } from '@meshery/security';
import { httpErrorAnswer } from '@meshery/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionCredential } from '../sessions/session-source.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { attachSession } from './request-session.ts';
import { rememberTarget } from './return-target.ts';
import { apiHeaders, strictTransport } from './security-headers.ts';

/** What the gate decides with. */
export interface AccessGateOptions {
  readonly sessions: Sessions;
  readonly logger: Logger;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** True where the listener speaks TLS. */
  readonly isSecure: boolean;
  /** Gives the client the token that takes the place of its own. */
  readonly renew: (reply: FastifyReply, token: string) => void;
  /** Where somebody without a session is led who asked for a page. */
  readonly signInPath: (asked: string) => string;
  readonly table?: AccessTable;
}

const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const stringsOnly = new Set(['/api/token', '/api/user/token']);

/**
 * The first thing every request meets: Host and Origin rules, then identity. Default deny: a route passes without a
 * valid token only when the access table says so, and an unknown route never does.
 */
export class AccessGate {
  readonly #options: AccessGateOptions;
  readonly #table: AccessTable;
  /** The Host that was found allowed last: nearly every request names the same one. */
  #allowedHost: string | undefined;

  constructor(options: AccessGateOptions) {
    this.#options = options;
    this.#table = options.table ?? new AccessTable();
  }

  /** Fastify's onRequest hook. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    reply.headers(apiHeaders);
    if (this.#options.isSecure && isRemoteName(request.headers.host)) reply.headers(strictTransport);
    const wrong = this.#requestFault(request);
    if (wrong !== undefined) {
      this.#refuse(request, reply, wrong);
      return;
    }
    const credential = { ...presentedCredential(request.headers), connection: request.raw.socket };
    const known = this.#options.sessions.recall(credential);
    if (known !== undefined) {
      attachSession(request, known);
      done();
      return;
    }
    this.#decide(request, reply, credential).then(done, (error: unknown) => {
      this.#refuse(request, reply, toMesheryError(error));
    });
  };

  #requestFault(request: FastifyRequest): MesheryError | undefined {
    const { headers } = request;
    if (!this.#allows(headers.host)) return wrongHost();
    const handshake = headers.upgrade !== undefined;
    if (!handshake && !unsafeMethods.has(request.method)) return undefined;
    const why = whyOriginRefused(headers, this.#options.allowedOrigins);
    return why === undefined ? undefined : wrongOrigin(why);
  }

  #allows(host: string | undefined): boolean {
    if (host !== undefined && host === this.#allowedHost) return true;
    const isAllowed = isAllowedHost(host, this.#options);
    if (isAllowed) this.#allowedHost = host;
    return isAllowed;
  }

  async #decide(request: FastifyRequest, reply: FastifyReply, credential: SessionCredential): Promise<void> {
    try {
      const { renewedToken, ...session } = await this.#options.sessions.verify(credential);
      attachSession(request, session);
      if (renewedToken !== undefined) this.#options.renew(reply, renewedToken);
    } catch (error) {
      if (!this.#isOpen(request)) throw error;
    }
  }

  #isOpen(request: FastifyRequest): boolean {
    const pattern = request.routeOptions.url;
    const rule = this.#table.rule(request.method, pattern);
    if (rule === undefined) return false;
    return rule.onlyFrom !== 'loopback' || whyExchangeRefused(peerOf(request)) === undefined;
  }

  #refuse(request: FastifyRequest, reply: FastifyReply, error: MesheryError): void {
    const path = pathOf(request.url);
    if (request.headers.upgrade !== undefined) closeAfterwards(request, reply);
    this.#options.logger.info(
      { requestId: request.id, method: request.method, path, code: error.code, peer: request.socket.remoteAddress },
      'request refused',
    );
    if (isNavigation(request, path) && error.mapping.http === 401) {
      rememberTarget(request, reply, request.url);
      void reply.code(302).header('location', this.#options.signInPath(request.url)).send();
      return;
    }
    const { status, body } = httpErrorAnswer(error, request.id);
    const { probableCause, suggestedRemediation, longDescription, ...strings } = body;
    const content = stringsOnly.has(path)
      ? strings
      : { ...strings, probableCause, suggestedRemediation, longDescription };
    void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(content));
  }
}

/** On this machine the name is that of every other server, too, and those may not speak TLS. */
function isRemoteName(host: string | undefined): boolean {
  return !isLocalHostName(hostNameOf(host));
}

/** The facts that peer rules look at; the socket's address, never a forwarded one. */
export function peerOf(request: FastifyRequest): PeerFacts {
  return { remoteAddress: request.socket.remoteAddress, headers: request.headers };
}

/** After a handshake nobody reads HTTP from that connection any more: it must not be kept alive. */
function closeAfterwards(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('connection', 'close');
  reply.raw.once('finish', () => request.socket.end());
}

function isNavigation(request: FastifyRequest, path: string): boolean {
  const decoded = path.toLowerCase();
  if (decoded.startsWith('/api') || decoded === '/metrics' || request.headers.upgrade !== undefined) return false;
  const accept = request.headers.accept ?? '';
  return (request.method === 'GET' || request.method === 'HEAD') && accept.includes('text/html');
}

function wrongHost(): MesheryError {
  return new MesheryError('meshery-core-1011', 'The Host header does not name this server.', {
    probableCause: 'A page of another site tries to reach a server on this machine, or a proxy passes a new name.',
    remedy: 'Use http://localhost, or add the name to MESHERY_ALLOWED_HOSTS.',
  });
}

function wrongOrigin(why: string): MesheryError {
  return new MesheryError('meshery-auth-1205', `The request is refused: ${why}.`, {
    probableCause: 'A page of another site sent it.',
    remedy: 'Open the dashboard of this server itself, or add the origin to MESHERY_ALLOWED_ORIGINS.',
  });
}
