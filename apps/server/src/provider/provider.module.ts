import { randomUUID } from 'node:crypto';
import type { Clock } from '@meshery/observability';
import { Sealer, loadMasterKeys, localProviderName, masterKeyFile } from '@meshery/security';
import type { SignInCodes, TokenAuthority } from '@meshery/security';
import type { UserStore } from '@meshery/store';
import { Global, Module } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import { ProviderDirectory } from '../identity/provider-directory.ts';
import { localListings } from '../identity/provider-list.ts';
import { LocalSessions } from '../sessions/local-sessions.ts';
import { Sessions } from '../sessions/sessions.ts';
import { BUILD_INFO, CLOCK, CONFIG, SIGN_IN_CODES, TOKEN_AUTHORITY, USER_STORE } from '../tokens.ts';
import { EventNotes } from './local/event-notes.ts';
import { ensureFirstRecords } from './local/first-records.ts';
import { LocalProvider } from './local/local-provider.ts';
import { Providers } from './providers.ts';

/** Whoever gets a link may not read it at once. */
const invitationLifeMs = 3_600_000;

const providers = {
  provide: Providers,
  useFactory: async (
    store: UserStore,
    clock: Clock,
    codes: SignInCodes,
    ...[local, config]: [LocalSessions, ServerConfig]
  ) => {
    await ensureFirstRecords(store, clock);
    const sealer = new Sealer(await loadMasterKeys(config.masterKeyFile ?? masterKeyFile(config.dataDir)));
    const parts = {
      store,
      clock,
      newId: randomUUID,
      notes: new EventNotes({ clock, newId: randomUUID }),
      forgetSessions: () => {
        local.forget();
      },
      inviteUser: (userId: string) => `/auth/local?code=${codes.issue(invitationLifeMs, userId)}`,
    };
    return new Providers([new LocalProvider(parts, sealer)]);
  },
  inject: [USER_STORE, CLOCK, SIGN_IN_CODES, LocalSessions, CONFIG],
};

const localSessions = {
  provide: LocalSessions,
  useFactory: (authority: TokenAuthority, store: UserStore, clock: Clock) =>
    new LocalSessions({ authority, store, clock }),
  inject: [TOKEN_AUTHORITY, USER_STORE, CLOCK],
};

const sessions = {
  provide: Sessions,
  useFactory: (local: LocalSessions) => new Sessions(new Map([[localProviderName, local]])),
  inject: [LocalSessions],
};

const directory = {
  provide: ProviderDirectory,
  useFactory: ({ version }: BuildInfo) => new ProviderDirectory(localListings(version), []),
  inject: [BUILD_INFO],
};

/** What vouches for users and keeps what they make. */
@Global()
@Module({
  providers: [localSessions, providers, sessions, directory],
  exports: [Providers, Sessions, ProviderDirectory],
})
export class ProviderModule {}
