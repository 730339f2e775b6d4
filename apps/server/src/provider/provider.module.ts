import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import { Sealer, loadMasterKeys, localProviderName, masterKeyFile } from '@meshery/security';
import type { SignInCodes, TokenAuthority } from '@meshery/security';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import { ProviderDirectory } from '../identity/provider-directory.ts';
import { localListings } from '../identity/provider-list.ts';
import { LocalSessions } from '../sessions/local-sessions.ts';
import type { SessionSource } from '../sessions/session-source.ts';
import { Sessions } from '../sessions/sessions.ts';
import { BUILD_INFO, CLOCK, CONFIG, SIGN_IN_CODES, TOKEN_AUTHORITY, USER_STORE } from '../tokens.ts';
import { EventNotes } from './local/event-notes.ts';
import { ensureFirstRecords } from './local/first-records.ts';
import { LocalProvider } from './local/local-provider.ts';
import { Providers } from './providers.ts';
import { Remotes } from './remote/remote.ts';

/** Whoever gets a link may not read it at once. */
const invitationLifeMs = 3_600_000;

const sealer = {
  provide: Sealer,
  useFactory: async ({ masterKeyFile: file, dataDir }: ServerConfig) =>
    new Sealer(await loadMasterKeys(file ?? masterKeyFile(dataDir))),
  inject: [CONFIG],
};

const local = {
  provide: LocalProvider,
  useFactory: async (
    store: UserStore,
    clock: Clock,
    codes: SignInCodes,
    ...[sessionsOfUsers, sealing]: [LocalSessions, Sealer]
  ) => {
    await ensureFirstRecords(store, clock);
    const parts = {
      store,
      clock,
      newId: randomUUID,
      notes: new EventNotes({ clock, newId: randomUUID }),
      forgetSessions: () => {
        sessionsOfUsers.forget();
      },
      inviteUser: (userId: string) => `/auth/local?code=${codes.issue(invitationLifeMs, userId)}`,
    };
    return new LocalProvider(parts, sealing);
  },
  inject: [USER_STORE, CLOCK, SIGN_IN_CODES, LocalSessions, Sealer],
};

const providers = {
  provide: Providers,
  useFactory: (own: LocalProvider, remotes: Remotes) =>
    new Providers([own, ...remotes.all.map(({ provider }) => provider)]),
  inject: [LocalProvider, Remotes],
};

const localSessions = {
  provide: LocalSessions,
  useFactory: (authority: TokenAuthority, store: UserStore, clock: Clock) =>
    new LocalSessions({ authority, store, clock }),
  inject: [TOKEN_AUTHORITY, USER_STORE, CLOCK],
};

const sessions = {
  provide: Sessions,
  useFactory: (own: LocalSessions, remotes: Remotes) => {
    const sources = remotes.all.map(({ key, sessions: source }): [string, SessionSource] => [key, source]);
    return new Sessions(new Map([[localProviderName, own], ...sources]));
  },
  inject: [LocalSessions, Remotes],
};

const remotes = {
  provide: Remotes,
  useFactory: ({ providerUrls }: ServerConfig, clock: Clock, logger: Logger, { version }: BuildInfo) =>
    new Remotes(providerUrls, { clock, logger, version }),
  inject: [CONFIG, CLOCK, LOGGER, BUILD_INFO],
};

const directory = {
  provide: ProviderDirectory,
  useFactory: ({ version }: BuildInfo, found: Remotes) =>
    new ProviderDirectory(
      localListings(version),
      found.all.map(({ listing }) => listing),
    ),
  inject: [BUILD_INFO, Remotes],
};

/** What vouches for users and keeps what they make. */
@Global()
@Module({
  providers: [moduleLogger('provider'), remotes, localSessions, sealer, local, providers, sessions, directory],
  exports: [Providers, Sessions, ProviderDirectory, Remotes],
})
export class ProviderModule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #remotes: Remotes;

  constructor(@Inject(Remotes) found: Remotes) {
    this.#remotes = found;
  }

  onApplicationBootstrap(): void {
    this.#remotes.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#remotes.stop();
  }
}
