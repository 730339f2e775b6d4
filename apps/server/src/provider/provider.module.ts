import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import { Sealer, findMasterKeys, loadMasterKeys, localProviderName, masterKeyFile } from '@meshery/security';
import type { SignInCodes, TokenAuthority } from '@meshery/security';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Global, Inject, Module, Optional } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import { ComponentStates } from '../components/component-states.ts';
import { ProviderDirectory } from '../identity/provider-directory.ts';
import { localListings } from '../identity/provider-list.ts';
import { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { LocalSessions } from '../sessions/local-sessions.ts';
import type { SessionSource } from '../sessions/session-source.ts';
import { Sessions } from '../sessions/sessions.ts';
import { BUILD_INFO, CLOCK, CONFIG, SIGN_IN_CODES, TOKEN_AUTHORITY, USER_STORE } from '../tokens.ts';
import { KmsClient } from './kms/kms-client.ts';
import { KmsKeys } from './kms/kms-keys.ts';
import { EventNotes } from './local/event-notes.ts';
import { ensureFirstRecords } from './local/first-records.ts';
import { FederatedAccounts } from './local/federated-accounts.ts';
import type { LocalParts } from './local/local-parts.ts';
import { LocalProvider } from './local/local-provider.ts';
import { KeptAnswers } from '../rest/kept-answers.ts';
import { Providers } from './providers.ts';
import { Remotes } from './remote/remote.ts';

/** Whoever gets a link may not read it at once. */
const invitationLifeMs = 3_600_000;

const kmsClient = Symbol('meshery.server.KmsClient');

const kms = {
  provide: kmsClient,
  useFactory: ({ kmsEndpoint }: ServerConfig) => (kmsEndpoint === undefined ? undefined : new KmsClient(kmsEndpoint)),
  inject: [CONFIG],
};

const sealer = {
  provide: Sealer,
  useFactory: async ({ masterKeyFile: named, dataDir }: ServerConfig, client: KmsClient | undefined, clock: Clock) => {
    const file = named ?? masterKeyFile(dataDir);
    if (client === undefined) return new Sealer(await loadMasterKeys(file));
    return new Sealer(new KmsKeys({ client, clock, older: await findMasterKeys(file) }));
  },
  inject: [CONFIG, { token: kmsClient, optional: true }, CLOCK],
};

const localParts = Symbol('meshery.server.LocalParts');

const partsOfLocal = {
  provide: localParts,
  useFactory: (store: UserStore, clock: Clock, codes: SignInCodes, sessionsOfUsers: LocalSessions): LocalParts => ({
    store,
    clock,
    newId: randomUUID,
    notes: new EventNotes({ clock, newId: randomUUID }),
    forgetSessions: () => {
      sessionsOfUsers.forget();
    },
    inviteUser: (userId: string) => `/auth/local?code=${codes.issue(invitationLifeMs, userId)}`,
  }),
  inject: [USER_STORE, CLOCK, SIGN_IN_CODES, LocalSessions],
};

const local = {
  provide: LocalProvider,
  useFactory: async (parts: LocalParts, sealing: Sealer, definitions: ConnectionDefinitions) => {
    await ensureFirstRecords(parts.store, parts.clock);
    return new LocalProvider(parts, sealing, definitions);
  },
  inject: [localParts, Sealer, ConnectionDefinitions],
};

const federated = {
  provide: FederatedAccounts,
  useFactory: (parts: LocalParts) => new FederatedAccounts(parts),
  inject: [localParts],
};

const providers = {
  provide: Providers,
  useFactory: (own: LocalProvider, remotes: Remotes) =>
    new Providers([own, ...remotes.all.map(({ provider }) => provider)]),
  inject: [LocalProvider, Remotes],
};

const keptAnswers = {
  provide: KeptAnswers,
  useFactory: (all: Providers) => new KeptAnswers((name) => all.find(name)),
  inject: [Providers],
};

const localSessions = {
  provide: LocalSessions,
  useFactory: (authority: TokenAuthority, store: UserStore, clock: Clock) =>
    new LocalSessions({ authority, store, clock }),
  inject: [TOKEN_AUTHORITY, USER_STORE, CLOCK],
};

const sessions = {
  provide: Sessions,
  useFactory: (own: LocalSessions, remotes: Remotes, { soleRemote }: ServerConfig) => {
    const sources = new Map(remotes.all.map(({ key, sessions: source }): [string, SessionSource] => [key, source]));
    if (soleRemote !== undefined) return new Sessions({ sources, certificates: undefined, usual: soleRemote });
    return new Sessions({ sources: sources.set(localProviderName, own), certificates: own });
  },
  inject: [LocalSessions, Remotes, CONFIG],
};

const remotes = {
  provide: Remotes,
  useFactory: (
    { providerUrls }: ServerConfig,
    clock: Clock,
    logger: Logger,
    ...[{ version }, states, store, definitions]: [BuildInfo, ComponentStates, UserStore, ConnectionDefinitions]
  ) => new Remotes(providerUrls, { clock, logger, version, states, store, definitions }),
  inject: [CONFIG, CLOCK, LOGGER, BUILD_INFO, ComponentStates, USER_STORE, ConnectionDefinitions],
};

const directory = {
  provide: ProviderDirectory,
  useFactory: ({ version }: BuildInfo, found: Remotes, { oidcIssuer, oidcName, soleRemote }: ServerConfig) => {
    const issuers = oidcIssuer === undefined ? [] : [{ name: oidcName, path: '/auth/oidc' }];
    const own = soleRemote === undefined ? localListings(version, issuers) : [];
    return new ProviderDirectory(
      own,
      found.all.map(({ listing }) => listing),
    );
  },
  inject: [BUILD_INFO, Remotes, CONFIG],
};

/** What vouches for users and keeps what they make. */
@Global()
@Module({
  providers: [
    moduleLogger('provider'),
    remotes,
    localSessions,
    kms,
    sealer,
    partsOfLocal,
    local,
    federated,
    providers,
    keptAnswers,
    sessions,
    directory,
  ],
  exports: [FederatedAccounts, Providers, KeptAnswers, Sessions, ProviderDirectory, Remotes],
})
export class ProviderModule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #remotes: Remotes;
  readonly #kms: KmsClient | undefined;
  readonly #logger: Logger;

  constructor(
    @Inject(Remotes) found: Remotes,
    @Inject(LOGGER) logger: Logger,
    @Optional() @Inject(kmsClient) client: KmsClient | undefined,
  ) {
    this.#remotes = found;
    this.#logger = logger;
    this.#kms = client;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#remotes.start();
    await this.#kms?.keyId().catch((error: unknown) => {
      this.#logger.warn({ err: error }, 'stored credentials cannot be used until the key management service answers');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#remotes.stop();
    this.#kms?.close();
  }
}
