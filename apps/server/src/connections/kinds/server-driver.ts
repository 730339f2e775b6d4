import { MesheryError } from '@meshery/errors';
import type { Connection, Secret } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EgressAnswer, EgressClient } from '../../egress/egress-client.ts';
import type { Providers } from '../../provider/providers.ts';
import { AskedDriver } from './asked-driver.ts';
import type { ProbeAnswer } from './connection-driver.ts';

/** What servers are asked with. */
export interface ServerDriverParts {
  readonly egress: EgressClient;
  readonly providers: Providers;
}

type ServerRequest = readonly [
  ctx: RequestContext,
  connection: Connection,
  path: string,
  headers: Readonly<Record<string, string>>,
];

/** How a kind of server is recognised. */
export interface ServerKind {
  /** What one is called. */
  readonly title: string;
  /** Path that answers who it is, and what it answers. */
  readonly path: string;
  readonly versionOf: (answer: Readonly<Record<string, unknown>>) => string | undefined;
  /** Where it is when the connection does not say. */
  readonly usualUrl?: string;
  /** Path that only somebody with a valid credential may read; asked when there is a credential. */
  readonly signedInPath?: string;
}

/** Prometheus, by its build information (`/api/v1/status/buildinfo`). */
export const prometheus: ServerKind = {
  title: 'Prometheus',
  path: '/api/v1/status/buildinfo',
  versionOf: ({ status, data }) => (status === 'success' ? textOf(data, 'version') : undefined),
};

/** Grafana, by its health (`/api/health`), and by the organization of its credential. */
export const grafana: ServerKind = {
  title: 'Grafana',
  path: '/api/health',
  versionOf: (answer) => ('database' in answer ? (textOf(answer, 'version') ?? '') : undefined),
  signedInPath: '/api/org',
};

/** GitHub or a GitHub Enterprise server, by the list of what it offers (`/`), and by the user of its credential. */
export const github: ServerKind = {
  title: 'GitHub',
  path: '/',
  versionOf: (answer) => ('current_user_url' in answer ? '' : undefined),
  usualUrl: 'https://api.github.com',
  signedInPath: '/user',
};

/** Connections to servers that are asked over HTTP when somebody wants an answer, and not in between. */
export class ServerDriver extends AskedDriver {
  readonly #kind: ServerKind;
  readonly #parts: ServerDriverParts;

  constructor(kind: ServerKind, parts: ServerDriverParts) {
    super();
    this.#kind = kind;
    this.#parts = parts;
  }

  async probe(ctx: RequestContext, given: Connection): Promise<ProbeAnswer> {
    const { path, signedInPath, versionOf, usualUrl = '' } = this.#kind;
    const connection = given.url === '' ? { ...given, url: usualUrl } : given;
    const headers = await this.#authorization(ctx, connection);
    const version = versionOf(await this.#get(ctx, connection, path, headers));
    if (version === undefined) throw this.#unexpected(connection, 'something that this kind of server does not say');
    if (signedInPath !== undefined && 'authorization' in headers) {
      await this.#get(ctx, connection, signedInPath, headers);
    }
    return { version, facts: version === '' ? {} : { version } };
  }

  /** What it answers at a path, as it is, whatever the status. Rejects when it cannot be reached or refuses the credential. */
  async read(ctx: RequestContext, connection: Connection, path: string): Promise<EgressAnswer> {
    return this.#fetch(ctx, connection, path, await this.#authorization(ctx, connection));
  }

  /** What it answers to a question. Rejects as `probe` does. */
  protected async ask(ctx: RequestContext, connection: Connection, path: string): Promise<unknown> {
    return this.#get(ctx, connection, path, await this.#authorization(ctx, connection));
  }

  async #get(...request: ServerRequest): Promise<Readonly<Record<string, unknown>>> {
    const [, connection] = request;
    const { status, text } = await this.#fetch(...request);
    if (status !== 200) throw this.#unexpected(connection, `status ${String(status)}`);
    try {
      const body = JSON.parse(text) as unknown;
      if (typeof body === 'object' && body !== null) return body as Readonly<Record<string, unknown>>;
    } catch {
      // What is not JSON is as unexpected as JSON of another shape.
    }
    throw this.#unexpected(connection, 'something that is not JSON');
  }

  async #fetch(...[{ signal }, connection, path, headers]: ServerRequest): Promise<EgressAnswer> {
    if (connection.url === '') throw this.#withoutUrl(connection);
    const url = `${connection.url.replace(/\/+$/, '')}${path}`;
    const answer = await this.#parts.egress.get(url, { headers, signal });
    if (answer.status === 401 || answer.status === 403) throw this.#refused(connection, answer.status);
    return answer;
  }

  async #authorization(
    ctx: RequestContext,
    { credentialId }: Connection,
  ): Promise<Readonly<{ authorization?: string }>> {
    if (typeof credentialId !== 'string') return {};
    return authorizationOf(await this.#parts.providers.of(ctx).credentials.open(ctx, credentialId));
  }

  #withoutUrl({ name }: Connection): MesheryError {
    return new MesheryError('meshery-core-1001', `The connection "${name}" has no URL.`, {
      probableCause: `A ${this.#kind.title} server is reached by its URL.`,
      remedy: 'Give the connection a "url", for example http://localhost:9090.',
    });
  }

  #refused({ name, url }: Connection, status: number): MesheryError {
    const { title } = this.#kind;
    return new MesheryError(
      'meshery-connection-1705',
      `${title} "${name}" refuses the credential (${String(status)}).`,
      {
        probableCause: 'The token or password is wrong, expired, or missing.',
        remedy: `Enter a credential that ${new URL(url).host} accepts.`,
      },
    );
  }

  #unexpected({ name, url }: Connection, what: string): MesheryError {
    const { title } = this.#kind;
    return new MesheryError('meshery-connection-1705', `"${name}" does not answer as ${title} does: ${what}.`, {
      probableCause: 'Another program listens there, or the server is behind a path or a sign-in page.',
      remedy: `Check that ${new URL(url).host} is ${title}, and that the URL has its path, if any.`,
    });
  }
}

/** A token, USER:PASSWORD, or user and password of their own. */
function authorizationOf({ secret, username, password }: Secret): Readonly<{ authorization?: string }> {
  const pair = typeof username === 'string' && username !== '' ? `${username}:${textOr(password)}` : textOr(secret);
  if (pair === '') return {};
  if (/[\r\n]/.test(pair)) return {};
  const isBasic = pair.includes(':');
  return { authorization: isBasic ? `Basic ${Buffer.from(pair).toString('base64')}` : `Bearer ${pair}` };
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function textOf(value: unknown, field: string): string | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  return typeof found === 'string' ? found.slice(0, 100) : undefined;
}
