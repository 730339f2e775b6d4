import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE keychains (id text PRIMARY KEY NOT NULL,
     organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
     owner text NOT NULL REFERENCES users (id), name text NOT NULL, description text NOT NULL,
     created_at text NOT NULL, updated_at text NOT NULL)`,
  'CREATE INDEX keychains_organization ON keychains (organization_id, name)',
  `CREATE TABLE keychain_keys (keychain_id text NOT NULL REFERENCES keychains (id) ON DELETE CASCADE,
     key_id text NOT NULL, place integer NOT NULL, created_at text NOT NULL, PRIMARY KEY (keychain_id, key_id))`,
  `CREATE TABLE organization_roles (organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
     role text NOT NULL, has_built_in integer NOT NULL, PRIMARY KEY (organization_id, role))`,
  `CREATE TABLE role_keychains (organization_id text NOT NULL, role text NOT NULL,
     keychain_id text NOT NULL REFERENCES keychains (id) ON DELETE CASCADE, created_at text NOT NULL,
     PRIMARY KEY (organization_id, role, keychain_id),
     FOREIGN KEY (organization_id, role) REFERENCES organization_roles (organization_id, role) ON DELETE CASCADE)`,
  'CREATE INDEX role_keychains_keychain ON role_keychains (keychain_id)',
];

/**
 * Makes the tables of keychains. They change the version: a server that does not look at them would allow what was
 * taken from a role.
 */
export class CreateKeychains1780000300200 implements MigrationInterface {
  name = 'CreateKeychains1780000300200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['role_keychains', 'organization_roles', 'keychain_keys', 'keychains']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
