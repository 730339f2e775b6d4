import type { Logger } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Module } from '@nestjs/common';
import { InventoryQueries } from '../../inventory/inventory-queries.ts';
import { InventoryModule } from '../../inventory/inventory.module.ts';
import { DirectPages } from './direct-pages.ts';

const directPages = {
  provide: DirectPages,
  useFactory: ({ lists }: InventoryQueries, logger: Logger) => new DirectPages(lists, logger),
  inject: [InventoryQueries, LOGGER],
};

/** Pages of objects over GraphQL. */
@Module({ imports: [InventoryModule], providers: [directPages], exports: [DirectPages] })
export class PagesModule {}
