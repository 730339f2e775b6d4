import type { MigrationInterface, QueryRunner } from 'typeorm';

const times = 'created_at text NOT NULL, updated_at text NOT NULL';
const owned = `id text PRIMARY KEY NOT NULL,
  organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  owner text NOT NULL REFERENCES users (id), name text NOT NULL`;

/**
 * First schema of what users made: people, organizations and what belongs to them. The statements run on SQLite and on
 * PostgreSQL alike: texts and integers only, JSON and times as text.
 */
const statements = [
  `CREATE TABLE users (id text PRIMARY KEY NOT NULL, provider text NOT NULL, name text NOT NULL, email text NOT NULL,
     first_name text NOT NULL, last_name text NOT NULL, avatar_url text NOT NULL, status text NOT NULL,
     roles text NOT NULL, last_login_time text, ${times})`,
  `CREATE TABLE preferences (user_id text PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     body text NOT NULL, updated_at text NOT NULL)`,
  `CREATE TABLE organizations (id text PRIMARY KEY NOT NULL, owner text NOT NULL REFERENCES users (id),
     name text NOT NULL, description text NOT NULL, metadata text NOT NULL, ${times})`,
  `CREATE TABLE organization_members (
     organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
     user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE, role text NOT NULL,
     PRIMARY KEY (organization_id, user_id))`,
  `CREATE INDEX organization_members_user ON organization_members (user_id)`,
  `CREATE TABLE environments (${owned}, description text NOT NULL, metadata text NOT NULL, ${times})`,
  `CREATE INDEX environments_organization ON environments (organization_id, name)`,
  `CREATE TABLE workspaces (${owned}, description text NOT NULL, metadata text NOT NULL, ${times})`,
  `CREATE INDEX workspaces_organization ON workspaces (organization_id, name)`,
  `CREATE TABLE workspace_environments (
     workspace_id text NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
     environment_id text NOT NULL REFERENCES environments (id) ON DELETE CASCADE, created_at text NOT NULL,
     PRIMARY KEY (workspace_id, environment_id))`,
  `CREATE INDEX workspace_environments_environment ON workspace_environments (environment_id)`,
];

/** Makes the tables of users, organizations, environments and workspaces. */
export class CreateUserData1780000000000 implements MigrationInterface {
  name = 'CreateUserData1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = statements.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
