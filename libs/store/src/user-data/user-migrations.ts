import type { MigrationInterface, QueryRunner } from 'typeorm';

/** First schema of meshery.db. `signing_keys` holds public facts only: private keys are files of the server. */
export class CreateUserData1780000000000 implements MigrationInterface {
  name = 'CreateUserData1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE users (id text PRIMARY KEY NOT NULL, name text NOT NULL, provider text NOT NULL,
         roles text NOT NULL, created_at text NOT NULL)`,
    );
    await runner.query(
      `CREATE TABLE preferences (user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE, key text NOT NULL,
         value text NOT NULL, updated_at text NOT NULL, PRIMARY KEY (user_id, key))`,
    );
    await runner.query(
      `CREATE TABLE signing_keys (id text PRIMARY KEY NOT NULL, algorithm text NOT NULL, public_key text NOT NULL,
         created_at text NOT NULL, retired_at text)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['signing_keys', 'preferences', 'users']) await runner.query(`DROP TABLE ${table}`);
  }
}

/** A migration that can be made without arguments. */
export type MigrationClass = new () => MigrationInterface & { name: string };

/** All migrations of meshery.db, oldest first. */
export const userMigrations: readonly MigrationClass[] = [CreateUserData1780000000000];
