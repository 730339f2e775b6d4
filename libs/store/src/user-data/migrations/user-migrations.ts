import type { MigrationInterface } from 'typeorm';
import { AddConstructFields1780000300500 } from './add-construct-fields.ts';
import { AddUserProfiles1780000300700 } from './add-user-profiles.ts';
import { AddConnections1780000100000 } from './add-connections.ts';
import { CreateSettings1780000000400 } from './create-settings.ts';
import { CreateWorkspaceContents1780000000401 } from './create-workspace-contents.ts';
import { CreateAccounts1780000200000 } from './create-accounts.ts';
import { CreateFederation1780000300000 } from './create-federation.ts';
import { CreateUserData1780000000000 } from './create-user-data.ts';
import { CreateEvents1780000003000 } from './create-events.ts';
import { CreateRegistry1780000300050 } from './create-registry.ts';
import { CreateTestsAndFilters1780000300100 } from './create-tests-and-filters.ts';
import { AddGroups1780000300300 } from './add-groups.ts';
import { CreateKeychains1780000300200 } from './create-keychains.ts';
import { CreateRoles1780000300400 } from './create-roles.ts';
import { CreateConnectionDefinitions1780000300800 } from './create-connection-definitions.ts';
import { CreateEndedSessions1780000300600 } from './create-ended-sessions.ts';

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
  CreateFederation1780000300000,
  CreateRegistry1780000300050,
  CreateTestsAndFilters1780000300100,
  CreateKeychains1780000300200,
  AddGroups1780000300300,
  CreateRoles1780000300400,
  AddConstructFields1780000300500,
  CreateEndedSessions1780000300600,
  AddUserProfiles1780000300700,
  CreateConnectionDefinitions1780000300800,
];
