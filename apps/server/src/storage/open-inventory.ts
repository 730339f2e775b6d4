import type { Logger, Registry } from '@meshery/observability';
import { openPostgresInventory, openSqliteInventory } from '@meshery/store';
import type { InventoryStore } from '@meshery/store';
import type { ServerConfig } from '../config.ts';

/**
 * Opens the inventory that the configuration names: PostgreSQL with `--database-url`, else a file of the data folder.
 * Rejects with `meshery-store-16xx` or `meshery-config-1102`.
 */
export async function openInventory(
  config: ServerConfig,
  parts: { readonly logger: Logger; readonly metrics: Registry },
): Promise<InventoryStore> {
  const { databaseUrl: url, dataDir } = config;
  return url === undefined ? openSqliteInventory({ dataDir, ...parts }) : openPostgresInventory({ url, ...parts });
}
