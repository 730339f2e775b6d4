import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the table of roles that people make; memberships and keychains have them by name, as the built-in ones. */
export class CreateRoles1780000300400 implements MigrationInterface {
  name = 'CreateRoles1780000300400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE roles (id text PRIMARY KEY NOT NULL,
      organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
      owner text NOT NULL REFERENCES users (id), name text NOT NULL, description text NOT NULL,
      created_at text NOT NULL, updated_at text NOT NULL, UNIQUE (organization_id, name))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE roles');
  }
}
