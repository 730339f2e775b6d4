import { LOGGER, METRICS, READINESS, moduleLogger } from '@meshery/service';
import type { ReadinessRegistry } from '@meshery/service';
import type { Logger, Registry } from '@meshery/observability';
import type { InventoryStore, UserStore } from '@meshery/store';
import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CONFIG, INVENTORY_STORE, USER_STORE } from '../tokens.ts';
import { openInventory } from './open-inventory.ts';
import { openUserData } from './open-user-data.ts';
import { storeReadiness } from './store-readiness.ts';

const store = {
  provide: INVENTORY_STORE,
  useFactory: (config: ServerConfig, logger: Logger, metrics: Registry) => openInventory(config, { logger, metrics }),
  inject: [CONFIG, LOGGER, METRICS, USER_STORE],
};

// What users made comes first: a server that is too old for it must not touch anything else.
const userStore = {
  provide: USER_STORE,
  useFactory: (config: ServerConfig, logger: Logger) => openUserData(config, logger),
  inject: [CONFIG, LOGGER],
};

/** Opens the stores, says whether they work, and closes them last. */
@Global()
@Module({ providers: [moduleLogger('store'), userStore, store], exports: [INVENTORY_STORE, USER_STORE] })
export class StorageModule implements OnApplicationShutdown {
  readonly #stores: readonly (InventoryStore | UserStore)[];

  constructor(
    @Inject(INVENTORY_STORE) inventory: InventoryStore,
    @Inject(USER_STORE) userData: UserStore,
    @Inject(READINESS) readiness: ReadinessRegistry,
  ) {
    this.#stores = [inventory, userData];
    readiness.register('inventory', () => storeReadiness(inventory.health()));
  }

  async onApplicationShutdown(): Promise<void> {
    for (const opened of this.#stores) await opened.close();
  }
}
