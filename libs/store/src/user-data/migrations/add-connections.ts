import type { MigrationInterface, QueryRunner } from 'typeorm';

const owned = `id text PRIMARY KEY NOT NULL,
  organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  owner text NOT NULL REFERENCES users (id), name text NOT NULL`;
const times = 'created_at text NOT NULL, updated_at text NOT NULL';

const statements = [
  `CREATE TABLE credentials (${owned}, type text NOT NULL, sealed text NOT NULL, ${times})`,
  `CREATE INDEX credentials_organization ON credentials (organization_id, name)`,
  `CREATE TABLE connections (${owned}, description text NOT NULL, kind text NOT NULL, type text NOT NULL,
     sub_type text NOT NULL, status text NOT NULL, url text NOT NULL,
     credential_id text REFERENCES credentials (id) ON DELETE SET NULL, metadata text NOT NULL, styles text NOT NULL,
     origin text NOT NULL, context_id text, controllers_config text, ${times})`,
  `CREATE INDEX connections_organization ON connections (organization_id, kind, status)`,
  `CREATE UNIQUE INDEX connections_context ON connections (organization_id, context_id)`,
  `CREATE INDEX connections_credential ON connections (credential_id)`,
  `CREATE TABLE connection_history (
     connection_id text NOT NULL REFERENCES connections (id) ON DELETE CASCADE, position integer NOT NULL,
     from_status text, to_status text NOT NULL, changed_by text NOT NULL, why text NOT NULL, is_done integer NOT NULL,
     changed_at text NOT NULL, PRIMARY KEY (connection_id, position))`,
  `CREATE TABLE environment_connections (
     environment_id text NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
     connection_id text NOT NULL REFERENCES connections (id) ON DELETE CASCADE, created_at text NOT NULL,
     PRIMARY KEY (environment_id, connection_id))`,
  `CREATE INDEX environment_connections_connection ON environment_connections (connection_id)`,
];

/** Makes the tables of connections, their history, their environments and their credentials. */
export class AddConnections1780000100000 implements MigrationInterface {
  name = 'AddConnections1780000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = statements.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
