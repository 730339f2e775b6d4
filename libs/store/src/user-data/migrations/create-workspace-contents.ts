import type { MigrationInterface, QueryRunner } from 'typeorm';

const times = 'created_at text NOT NULL, updated_at text NOT NULL';
const owned = `id text PRIMARY KEY NOT NULL,
  organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  owner text NOT NULL REFERENCES users (id), name text NOT NULL`;

const statements = [
  `CREATE TABLE designs (${owned}, visibility text NOT NULL, pattern_file text NOT NULL, ${times})`,
  `CREATE TABLE views (${owned}, visibility text NOT NULL, filters text NOT NULL, metadata text NOT NULL, ${times})`,
  `CREATE TABLE teams (${owned}, description text NOT NULL, metadata text NOT NULL, ${times})`,
  ...['designs', 'views', 'teams'].map(
    (table) => `CREATE INDEX ${table}_organization ON ${table} (organization_id, name)`,
  ),
  ...['design', 'view', 'team'].flatMap((kind) => link('workspace', kind, `${kind}s`)),
  `CREATE TABLE team_members (team_id text NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
     user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE, created_at text NOT NULL,
     PRIMARY KEY (team_id, user_id))`,
  `CREATE INDEX team_members_user ON team_members (user_id)`,
];

function link(own: string, other: string, others: string): string[] {
  const table = `${own}_${others}`;
  return [
    `CREATE TABLE ${table} (${own}_id text NOT NULL REFERENCES ${own}s (id) ON DELETE CASCADE,
       ${other}_id text NOT NULL REFERENCES ${others} (id) ON DELETE CASCADE, created_at text NOT NULL,
       PRIMARY KEY (${own}_id, ${other}_id))`,
    `CREATE INDEX ${table}_${other} ON ${table} (${other}_id)`,
  ];
}

/** Makes the tables of what workspaces hold: designs, views and teams. */
export class CreateWorkspaceContents1780000000401 implements MigrationInterface {
  name = 'CreateWorkspaceContents1780000000401';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = statements.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
