import type { Logger, Registry } from '@meshery/observability';
import { checkUserStore, openPostgresInventory, openSqliteInventory } from '@meshery/store';
import type { InventoryStore } from '@meshery/store';
import type { ServerConfig } from '../config.ts';

/**
 * Opens the inventory that the configuration names: PostgreSQL with `--database-url`, else a file of the data folder.
 * What users made is looked at first: a server that is too old for it must not run. Rejects with `meshery-store-16xx` or `meshery-config-1102`.
 */
export async function openInventory(
  config: ServerConfig,
  parts: { readonly logger: Logger; readonly metrics: Registry },
): Promise<InventoryStore> {
  const { databaseUrl: url, dataDir } = config;
  checkUserStore(dataDir);
  return url === undefined ? openSqliteInventory({ dataDir, ...parts }) : openPostgresInventory({ url, ...parts });
}
