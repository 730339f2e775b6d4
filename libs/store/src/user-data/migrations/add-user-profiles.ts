import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = [
  "bio text NOT NULL DEFAULT ''",
  "country text NOT NULL DEFAULT '{}'",
  "region text NOT NULL DEFAULT '{}'",
  "socials text NOT NULL DEFAULT '[]'",
  'first_login_time text',
];

/** Adds what people tell of themselves, and when they first signed in. */
export class AddUserProfiles1780000300700 implements MigrationInterface {
  name = 'AddUserProfiles1780000300700';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.query(`ALTER TABLE users ADD COLUMN ${column}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.query(`ALTER TABLE users DROP COLUMN ${column.split(' ')[0] ?? ''}`);
  }
}
