import { LOGGER, METRICS, READINESS } from '@meshery/service';
import type { ReadinessRegistry } from '@meshery/service';
import type { Logger, Registry } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CONFIG, INVENTORY_STORE } from '../tokens.ts';
import { openInventory } from './open-inventory.ts';
import { storeReadiness } from './store-readiness.ts';

const store = {
  provide: INVENTORY_STORE,
  useFactory: (config: ServerConfig, logger: Logger, metrics: Registry) => openInventory(config, { logger, metrics }),
  inject: [CONFIG, LOGGER, METRICS],
};

/** Opens the stores, says whether they work, and closes them last. */
@Global()
@Module({ providers: [store], exports: [INVENTORY_STORE] })
export class StorageModule implements OnApplicationShutdown {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) inventory: InventoryStore, @Inject(READINESS) readiness: ReadinessRegistry) {
    this.#store = inventory;
    readiness.register('inventory', () => storeReadiness(inventory.health()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#store.close();
  }
}
