import { randomUUID } from 'node:crypto';
import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { Global, Module } from '@nestjs/common';
import { CLOCK, USER_STORE } from '../tokens.ts';
import { EventNotes } from './local/event-notes.ts';
import { ensureFirstRecords } from './local/first-records.ts';
import { LocalProvider } from './local/local-provider.ts';
import { Providers } from './providers.ts';

const providers = {
  provide: Providers,
  useFactory: async (store: UserStore, clock: Clock) => {
    await ensureFirstRecords(store, clock);
    const notes = new EventNotes({ clock, newId: randomUUID });
    return new Providers([new LocalProvider({ store, clock, newId: randomUUID, notes })]);
  },
  inject: [USER_STORE, CLOCK],
};

/** What vouches for users and keeps what they make. */
@Global()
@Module({ providers: [providers], exports: [Providers] })
export class ProviderModule {}
