import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the groups of people whom an issuer vouches for; none are known before the next sign-in. */
export class AddGroups1780000300300 implements MigrationInterface {
  name = 'AddGroups1780000300300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE federated_identities ADD COLUMN group_names text NOT NULL DEFAULT '[]'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE federated_identities DROP COLUMN group_names');
  }
}
