import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KubeTransport } from '@meshery/kube';
import type { Clock, Logger, Registry } from '@meshery/observability';
import { createAuthority, issueCertificate } from '@meshery/security';
import { MesheryError } from '@meshery/errors';

/** What a MetricsServer needs. */
export interface MetricsServerOptions {
  readonly host: string;
  readonly port: number;
  readonly transport: KubeTransport;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Verdict {
  readonly allowed: boolean;
  readonly at: number;
}

/** How long the API server's word about a token counts, and how many are remembered. */
const verdictMs = 60_000;
const maxVerdicts = 100;
const callMs = 5000;

/**
 * Serves /metrics over TLS to those whom the cluster lets get that path (TokenReview, SubjectAccessReview), as published
 * operators do.
 */
export class MetricsServer {
  readonly #options: MetricsServerOptions;
  readonly #verdicts = new Map<string, Verdict>();
  #server: Server | undefined;

  constructor(options: MetricsServerOptions) {
    this.#options = options;
  }

  /** Resolves when it listens; rejects with `meshery-config-1101` when it cannot. */
  async start(): Promise<void> {
    const { host, port, clock } = this.#options;
    const name = 'meshery operator metrics';
    const authority = createAuthority(name, clock.now());
    const pair = issueCertificate(
      { ...authority, name },
      { kind: 'server', names: ['localhost', '127.0.0.1'] },
      clock.now(),
    );
    const server = createServer({ cert: pair.cert, key: pair.key, requestTimeout: 10_000 }, (incoming, answer) => {
      this.#answer(incoming, answer).catch((error: unknown) => {
        this.#options.logger.warn({ err: error }, 'metrics cannot be given');
        answer.writeHead(503).end();
      });
    });
    this.#server = server;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    server.once('error', (error) => {
      reject(cannotListen(host, port, error));
    });
    server.listen(port, host, () => {
      resolve(undefined);
    });
    await promise;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  }

  async #answer(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = (incoming.url ?? '').replace(/\?.*$/, '');
    if (incoming.method !== 'GET' || path !== '/metrics') {
      answer.writeHead(404).end();
      return;
    }
    const token = /^Bearer (\S+)$/i.exec(incoming.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      answer.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    if (!(await this.#mayRead(token))) {
      answer.writeHead(403).end();
      return;
    }
    const { registry } = this.#options;
    answer.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  }

  async #mayRead(token: string): Promise<boolean> {
    const { clock } = this.#options;
    const known = this.#verdicts.get(token);
    if (known !== undefined && clock.monotonic() - known.at < verdictMs) return known.allowed;
    const allowed = await this.#review(token);
    if (this.#verdicts.size >= maxVerdicts) this.#verdicts.clear();
    this.#verdicts.set(token, { allowed, at: clock.monotonic() });
    return allowed;
  }

  async #review(token: string): Promise<boolean> {
    const who = await this.#ask<TokenReview>('authentication.k8s.io', 'tokenreviews', 'TokenReview', { token });
    if (who.status?.authenticated !== true) return false;
    const { username, groups } = who.status.user ?? {};
    const access = await this.#ask<AccessReview>(
      'authorization.k8s.io',
      'subjectaccessreviews',
      'SubjectAccessReview',
      { user: username, groups, nonResourceAttributes: { path: '/metrics', verb: 'get' } },
    );
    return access.status?.allowed === true;
  }

  async #ask<T>(group: string, plural: string, kind: string, spec: object): Promise<T> {
    const body = JSON.stringify({ apiVersion: `${group}/v1`, kind, spec });
    const signal = AbortSignal.timeout(callMs);
    const answer = await this.#options.transport.send(`/apis/${group}/v1/${plural}`, { method: 'POST', body, signal });
    if (answer.status < 200 || answer.status > 299) throw new Error(`${plural} was answered ${String(answer.status)}`);
    return JSON.parse(answer.body.toString('utf8')) as T;
  }
}

interface TokenReview {
  readonly status?: {
    readonly authenticated?: boolean;
    readonly user?: { readonly username?: string; readonly groups?: readonly string[] };
  };
}

interface AccessReview {
  readonly status?: { readonly allowed?: boolean };
}

function cannotListen(host: string, port: number, cause: Error): MesheryError {
  return new MesheryError('meshery-config-1101', `Metrics cannot be served on ${host}, port ${String(port)}.`, {
    probableCause: 'Another program listens there, or this machine does not have that address.',
    remedy: 'Choose another address with --metrics-addr.',
    cause,
  });
}
