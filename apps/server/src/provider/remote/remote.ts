import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import type { ComponentStates } from '../../components/component-states.ts';
import type { UserStore } from '@meshery/store';
import type { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import { EndedTokens } from './ended-tokens.ts';
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

/** What all of them share. */
export interface RemoteParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly states: ComponentStates;
  readonly store: UserStore;
  readonly definitions: ConnectionDefinitions;
}

/** The remote providers of this server, by registration key. */
export class Remotes {
  readonly all: readonly Remote[];

  constructor(urls: readonly string[], parts: RemoteParts) {
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

function remoteOf(url: string, { clock, logger, version, states, store, definitions }: RemoteParts): Remote {
  const client = new ProviderClient(url, randomUUID(), (error) => {
    if (error === undefined) states.seen('provider', url);
    else states.failed('provider', url, error);
  });
  const listing = new RemoteListing(client, { version, logger });
  listing.follow(({ status, properties }) => {
    if (status === 'online') states.seen('provider', url, { version: properties.packageVersion });
  }, new AbortController().signal);
  const { key } = listing.current;
  const ended = new EndedTokens({ provider: key, store, clock });
  const sessions = new RemoteSessions({ provider: key, client, clock, ended });
  const provider = new RemoteProvider({ client, listing, sessions, clock }, definitions);
  return { key, client, listing, sessions, provider, login: new RemoteLogin(client, clock) };
}
