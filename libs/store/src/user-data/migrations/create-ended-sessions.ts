import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the table of sessions that were ended here before their time. */
export class CreateEndedSessions1780000300600 implements MigrationInterface {
  name = 'CreateEndedSessions1780000300600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE ended_sessions (provider text NOT NULL, token_hash text NOT NULL,
      ended_at text NOT NULL, PRIMARY KEY (provider, token_hash))`);
    await runner.query('CREATE INDEX ended_sessions_at ON ended_sessions (ended_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ended_sessions');
  }
}
