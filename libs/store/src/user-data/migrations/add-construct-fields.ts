import type { MigrationInterface, QueryRunner } from 'typeorm';

const added: Readonly<Record<string, readonly string[]>> = {
  organizations: ['country', 'region', 'domain'].map((column) => `${column} text NOT NULL DEFAULT ''`),
  designs: [
    "design_type text NOT NULL DEFAULT 'Design'",
    "source_content text NOT NULL DEFAULT ''",
    "location text NOT NULL DEFAULT '{}'",
    'catalog_data text',
    ...['view', 'download', 'clone', 'deployment', 'share'].map((what) => `${what}_count integer NOT NULL DEFAULT 0`),
  ],
};

/** Adds what published clients know of organizations and of designs beside their files. */
export class AddConstructFields1780000300500 implements MigrationInterface {
  name = 'AddConstructFields1780000300500';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(added)) {
      for (const column of columns) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(added)) {
      for (const column of columns)
        await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column.split(' ')[0] ?? ''}`);
    }
  }
}
