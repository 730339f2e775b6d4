import { randomUUID } from 'node:crypto';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import { ProviderClient } from './provider-client.ts';
import { RemoteListing } from './remote-listing.ts';
import { RemoteLogin } from './remote-login.ts';
import { RemoteProvider } from './remote-provider.ts';
import { RemoteSessions } from './remote-sessions.ts';

/** One remote provider with all that belongs to it. */
export interface Remote {
  readonly key: string;
  readonly client: ProviderClient;
  readonly listing: RemoteListing;
  readonly login: RemoteLogin;
  readonly sessions: RemoteSessions;
  readonly provider: RemoteProvider;
}

/** The remote providers of this server, by registration key. */
export class Remotes {
  readonly all: readonly Remote[];

  constructor(
    urls: readonly string[],
    parts: { readonly clock: Clock; readonly logger: Logger; readonly version: string },
  ) {
    this.all = urls.map((url) => remoteOf(url, parts));
  }

  find(key: string | undefined): Remote | undefined {
    return this.all.find((remote) => remote.key === key);
  }

  start(): void {
    for (const { listing } of this.all) listing.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map(({ listing }) => listing.stop()));
  }
}

function remoteOf(url: string, { clock, logger, version }: { clock: Clock; logger: Logger; version: string }): Remote {
  const client = new ProviderClient(url, randomUUID());
  const listing = new RemoteListing(client, { version, logger });
  const { key } = listing.current;
  const sessions = new RemoteSessions({ provider: key, client, clock });
  const tokenOf = (ctx: RequestContext): string => sessions.tokenOf(ctx.user);
  const provider = new RemoteProvider({ client, listing, tokenOf });
  return { key, client, listing, sessions, provider, login: new RemoteLogin(client, clock) };
}
