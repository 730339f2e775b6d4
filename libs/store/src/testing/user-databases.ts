import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '@meshery/testing';
import { openPostgresUserStore } from '../user-data/open-postgres-user-store.ts';
import { openUserStore } from '../user-data/open-user-store.ts';
import type { UserStore } from '../user-data/user-store.ts';
import { keepingLogger } from './quiet-logger.ts';

/** A database and what opens a new, empty one of it. */
export type UserDatabase = readonly [name: string, open: () => Promise<UserStore>];

/** Both databases of what users make, for `describe.each`; started before the tests of a file and ended after them. */
export function userDatabases(): readonly UserDatabase[] {
  let postgres: PostgresServer;
  let folder: string;
  beforeAll(async () => {
    postgres = await PostgresServer.start();
    folder = await mkdtemp(join(tmpdir(), 'meshery-user-data-'));
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const logger = keepingLogger();
  return [
    ['SQLite', async () => openUserStore({ dataDir: await mkdtemp(join(folder, 'db-')), logger })],
    ['PostgreSQL', async () => openPostgresUserStore({ url: await postgres.createDatabase(), logger })],
  ];
}
