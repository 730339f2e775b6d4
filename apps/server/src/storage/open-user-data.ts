import type { Logger } from '@meshery/observability';
import { openPostgresUserStore, openUserStore } from '@meshery/store';
import type { UserStore } from '@meshery/store';
import type { ServerConfig } from '../config.ts';

/** Opens what users made where the inventory is as well. Rejects with `meshery-store-16xx` or `meshery-config-1102`. */
export function openUserData(config: ServerConfig, logger: Logger): Promise<UserStore> {
  const { databaseUrl: url, dataDir } = config;
  return url === undefined ? openUserStore({ dataDir, logger }) : openPostgresUserStore({ url, logger });
}
