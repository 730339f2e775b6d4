import { MesheryError } from '@meshery/errors';
import { inCamelCase } from '@meshery/object-model';
import type { Page, PageQuery } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import type { ListedProvider } from '../../identity/provider-list.ts';
import { isLocalHostName } from '@meshery/security';
import { notFound } from '../local/tenancy.ts';
import type { ProviderCall, ProviderClient } from './provider-client.ts';
import type { RemoteSessions } from './remote-sessions.ts';
import { noPositions } from '../../rest/query-values.ts';

/** What calls of a provider on behalf of users need. */
export interface RemoteParts {
  readonly client: ProviderClient;
  readonly listing: { readonly current: ListedProvider };
  readonly sessions: Pick<RemoteSessions, 'ask'>;
  readonly clock: Clock;
}

/** Calls a provider at the endpoints that it declares for its features. */
export class RemoteRequests {
  readonly #parts: RemoteParts;

  constructor(parts: RemoteParts) {
    this.#parts = parts;
  }

  /** Rejects with `meshery-provider-2000` for a feature that is not offered, else as the provider's status says. */
  async send(ctx: RequestContext, feature: string, rest: string, call: ProviderCall = {}): Promise<unknown> {
    const { client, sessions } = this.#parts;
    const path = `${this.#endpoint(feature)}${rest}`;
    const answer = await sessions.ask(ctx.user, (token) => client.call(path, { ...call, token, signal: ctx.signal }));
    if (answer.status < 300) return answer.body;
    throw refusal(answer.status);
  }

  /** A page of records. */
  async page<Item>(
    ctx: RequestContext,
    feature: string,
    query: PageQuery,
    more: ProviderCall['query'] = {},
  ): Promise<Page<Item>> {
    const { page, pageSize, search, order, after } = query;
    if (after !== undefined) throw noPositions();
    const asked = {
      page: String(page),
      pagesize: String(pageSize),
      ...(search === undefined ? {} : { search }),
      ...(order === undefined ? {} : { order: `${order.field} ${order.descending ? 'desc' : 'asc'}` }),
      ...more,
    };
    const body = inCamelCase(await this.send(ctx, feature, '', { query: asked })) as Readonly<Record<string, unknown>>;
    const rows = Object.values(body).find((value) => Array.isArray(value)) as Item[] | undefined;
    const totalCount = typeof body.totalCount === 'number' ? body.totalCount : (rows?.length ?? 0);
    return { page, pageSize, totalCount, items: (rows ?? []).map((row) => inCamelCase(row) as Item) };
  }

  /** Throws `meshery-provider-2002` where others could read what is sent: on the way to a provider without TLS. */
  requirePrivacy(): void {
    const { protocol, hostname, host } = new URL(this.#parts.client.url);
    if (protocol === 'https:' || isLocalHostName(hostname.replaceAll(/[[\]]/g, ''))) return;
    throw new MesheryError(
      'meshery-provider-2002',
      `Credentials are not sent to the provider ${host}: it has no TLS.`,
      {
        probableCause: 'Its address in PROVIDER_BASE_URLS begins with http: and is on another machine.',
        remedy: 'Name it with https: there, and start the server again.',
      },
    );
  }

  /** The time, RFC 3339. */
  now(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }

  /** True for a feature that can be asked for. */
  offers(feature: string): boolean {
    return this.#endpointOf(feature) !== undefined;
  }

  #endpoint(feature: string): string {
    const endpoint = this.#endpointOf(feature);
    if (endpoint !== undefined) return endpoint;
    throw notOffered(feature, this.#parts.listing.current.key);
  }

  #endpointOf(feature: string): string | undefined {
    const { capabilities } = this.#parts.listing.current.properties;
    const endpoint = capabilities.find((offered) => offered.feature === feature)?.endpoint ?? '';
    return /^\/[\w/.-]*$/.test(endpoint) && !endpoint.includes('..') ? endpoint : undefined;
  }
}

/** The error for what a provider does not do. */
export function notOffered(feature: string, provider: string): MesheryError {
  return new MesheryError('meshery-provider-2000', `The provider ${provider} does not offer "${feature}".`, {
    probableCause: 'Its capabilities do not list this feature; nothing was changed.',
    remedy: 'Do it in the provider itself, or sign in with another provider.',
  });
}

function refusal(status: number): MesheryError {
  if (status === 404) return notFound('record of the provider');
  const codes = {
    401: 'meshery-auth-1201',
    403: 'meshery-auth-1202',
    409: 'meshery-core-1007',
    429: 'meshery-core-1005',
  } as const;
  const code = status in codes ? codes[status as keyof typeof codes] : 'meshery-core-1001';
  return new MesheryError(code, `The provider refused this (status ${String(status)}).`, {
    probableCause: 'The provider does not allow it to you, or does not understand it; nothing was changed.',
    remedy: 'Sign in again, or ask whoever runs the provider.',
  });
}
