import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE connection_definitions (id text PRIMARY KEY NOT NULL, created_at text NOT NULL, updated_at text NOT NULL,
     model_id text NOT NULL REFERENCES models (id) ON DELETE CASCADE,
     kind text NOT NULL UNIQUE, version text NOT NULL, digest text NOT NULL, name text NOT NULL,
     description text NOT NULL, type text NOT NULL, sub_type text NOT NULL, connection_schema text NOT NULL,
     credential_schema text, transition_map text NOT NULL, first_status text NOT NULL, found_by text NOT NULL,
     styles text NOT NULL, metadata text NOT NULL)`,
  `CREATE INDEX connection_definitions_model ON connection_definitions (model_id)`,
  // The server fills it when it starts: what is a kind of connection is its to say.
  `ALTER TABLE connections ADD COLUMN definition_id text REFERENCES connection_definitions (id)`,
  `CREATE INDEX connections_definition ON connections (definition_id)`,
];

/** Makes kinds of connections rows of the registry, and links connections to them. */
export class CreateConnectionDefinitions1780000300800 implements MigrationInterface {
  name = 'CreateConnectionDefinitions1780000300800';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX connections_definition');
    await runner.query('ALTER TABLE connections DROP COLUMN definition_id');
    await runner.query('DROP TABLE connection_definitions');
  }
}
