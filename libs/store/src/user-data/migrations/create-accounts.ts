import type { MigrationInterface, QueryRunner } from 'typeorm';

const owned = `id text PRIMARY KEY NOT NULL, owner text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name text NOT NULL, created_at text NOT NULL, updated_at text NOT NULL`;

const statements = [
  `CREATE TABLE performance_test_configs (${owned}, config text NOT NULL)`,
  `CREATE INDEX performance_test_configs_owner ON performance_test_configs (owner, name)`,
  `CREATE TABLE service_tokens (${owned}, role text NOT NULL, expires_at text NOT NULL, hash text NOT NULL UNIQUE)`,
  `CREATE INDEX service_tokens_owner ON service_tokens (owner, name)`,
];

/** Makes the tables of what belongs to one user: kept performance tests, and tokens for programs. */
export class CreateAccounts1780000200000 implements MigrationInterface {
  name = 'CreateAccounts1780000200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_tokens');
    await runner.query('DROP TABLE performance_test_configs');
  }
}
