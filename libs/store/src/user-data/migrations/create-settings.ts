import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the table of settings of the server. */
export class CreateSettings1780000000400 implements MigrationInterface {
  name = 'CreateSettings1780000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE settings (key text PRIMARY KEY NOT NULL, body text NOT NULL, updated_at text NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE settings');
  }
}
