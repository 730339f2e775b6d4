import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the table of accounts that an OpenID Connect issuer vouches for. */
export class CreateFederation1780000300000 implements MigrationInterface {
  name = 'CreateFederation1780000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE federated_identities (issuer text NOT NULL, subject text NOT NULL,
      user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE, created_at text NOT NULL,
      PRIMARY KEY (issuer, subject))`);
    await runner.query('CREATE INDEX federated_identities_user ON federated_identities (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE federated_identities');
  }
}
