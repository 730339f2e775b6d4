import { randomUUID } from 'node:crypto';
import type { Clock } from '@meshery/observability';
import { Sealer, loadMasterKeys, masterKeyFile } from '@meshery/security';
import type { UserStore } from '@meshery/store';
import { Global, Module } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CLOCK, CONFIG, USER_STORE } from '../tokens.ts';
import { EventNotes } from './local/event-notes.ts';
import { ensureFirstRecords } from './local/first-records.ts';
import { LocalProvider } from './local/local-provider.ts';
import { Providers } from './providers.ts';

const providers = {
  provide: Providers,
  useFactory: async (store: UserStore, clock: Clock, config: ServerConfig) => {
    await ensureFirstRecords(store, clock);
    const notes = new EventNotes({ clock, newId: randomUUID });
    const sealer = new Sealer(await loadMasterKeys(config.masterKeyFile ?? masterKeyFile(config.dataDir)));
    return new Providers([new LocalProvider({ store, clock, newId: randomUUID, notes }, sealer)]);
  },
  inject: [USER_STORE, CLOCK, CONFIG],
};

/** What vouches for users and keeps what they make. */
@Global()
@Module({ providers: [providers], exports: [Providers] })
export class ProviderModule {}
