import type { MigrationInterface } from 'typeorm';
import { AddConnections1780000100000 } from './add-connections.ts';
import { CreateSettings1780000000400 } from './create-settings.ts';
import { CreateWorkspaceContents1780000000401 } from './create-workspace-contents.ts';
import { CreateAccounts1780000200000 } from './create-accounts.ts';
import { CreateUserData1780000000000 } from './create-user-data.ts';
import { CreateEvents1780000003000 } from './create-events.ts';

/** A migration that can be made without arguments. */
export type MigrationClass = new () => MigrationInterface & { name: string };

/** All migrations of what users made, oldest first. */
export const userMigrations: readonly MigrationClass[] = [
  CreateUserData1780000000000,
  CreateEvents1780000003000,
  AddConnections1780000100000,
  CreateSettings1780000000400,
  CreateWorkspaceContents1780000000401,
  CreateAccounts1780000200000,
];
