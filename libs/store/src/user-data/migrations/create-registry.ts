import type { MigrationInterface, QueryRunner } from 'typeorm';

const record = 'id text PRIMARY KEY NOT NULL, created_at text NOT NULL, updated_at text NOT NULL';
const ofModel = `${record}, model_id text NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  kind text NOT NULL, version text NOT NULL, digest text NOT NULL`;

const statements = [
  `CREATE TABLE registrants (${record}, kind text NOT NULL, name text NOT NULL, type text NOT NULL,
     sub_type text NOT NULL, UNIQUE (kind, name))`,
  `CREATE TABLE categories (${record}, name text NOT NULL UNIQUE, metadata text NOT NULL)`,
  `CREATE TABLE models (${record},
     registrant_id text NOT NULL REFERENCES registrants (id) ON DELETE CASCADE,
     category_id text NOT NULL REFERENCES categories (id),
     name text NOT NULL, display_name text NOT NULL, description text NOT NULL, version text NOT NULL,
     model_version text NOT NULL, sub_category text NOT NULL, status text NOT NULL, metadata text NOT NULL,
     digest text NOT NULL, duplicate_key text NOT NULL, is_annotation integer NOT NULL, UNIQUE (registrant_id, name, model_version))`,
  `CREATE INDEX models_name ON models (name)`,
  `CREATE INDEX models_display_name ON models (display_name, id)`,
  `CREATE INDEX models_category ON models (category_id)`,
  `CREATE INDEX models_duplicate ON models (duplicate_key)`,
  `CREATE TABLE components (${ofModel}, api_version text NOT NULL, display_name text NOT NULL,
     description text NOT NULL, format text NOT NULL, status text NOT NULL, metadata text NOT NULL,
     styles text NOT NULL, configuration text NOT NULL, capabilities text NOT NULL, duplicate_key text NOT NULL, is_annotation integer NOT NULL,
     UNIQUE (model_id, kind, api_version))`,
  `CREATE INDEX components_kind ON components (kind, api_version)`,
  `CREATE INDEX components_display_name ON components (display_name, id)`,
  `CREATE INDEX components_duplicate ON components (duplicate_key)`,
  `CREATE TABLE component_schemas (id text PRIMARY KEY NOT NULL REFERENCES components (id) ON DELETE CASCADE,
     body text NOT NULL)`,
  `CREATE TABLE relationships (${ofModel}, type text NOT NULL, sub_type text NOT NULL, status text NOT NULL,
     evaluation_query text NOT NULL, metadata text NOT NULL, capabilities text NOT NULL, selectors text NOT NULL)`,
  `CREATE INDEX relationships_model ON relationships (model_id)`,
  `CREATE INDEX relationships_kind ON relationships (kind, type, sub_type)`,
  `CREATE TABLE policies (${ofModel}, sub_type text NOT NULL, expression text NOT NULL)`,
  `CREATE INDEX policies_model ON policies (model_id)`,
];

/** Makes the tables of the registry: models with their components, relationships and policies, and who brought them. */
export class CreateRegistry1780000300050 implements MigrationInterface {
  name = 'CreateRegistry1780000300050';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = statements.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
