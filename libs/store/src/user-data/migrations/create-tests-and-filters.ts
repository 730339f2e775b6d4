import type { MigrationInterface, QueryRunner } from 'typeorm';

const times = 'created_at text NOT NULL, updated_at text NOT NULL';
const ofUser = `id text PRIMARY KEY NOT NULL, owner text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name text NOT NULL, ${times}`;

const statements = [
  `CREATE TABLE schedules (${ofUser}, cron_expression text NOT NULL, last_run text, next_run text)`,
  `CREATE INDEX schedules_owner ON schedules (owner, name)`,
  `CREATE TABLE performance_profiles (${ofUser},
     schedule_id text REFERENCES schedules (id) ON DELETE SET NULL,
     load_generators text NOT NULL, endpoints text NOT NULL, service_mesh text NOT NULL,
     concurrent_request integer NOT NULL, qps integer NOT NULL, duration text NOT NULL,
     request_headers text NOT NULL, request_cookies text NOT NULL, request_body text NOT NULL,
     content_type text NOT NULL, metadata text NOT NULL)`,
  `CREATE INDEX performance_profiles_owner ON performance_profiles (owner, name)`,
  `CREATE INDEX performance_profiles_schedule ON performance_profiles (schedule_id)`,
  `CREATE TABLE performance_results (${ofUser},
     performance_profile_id text NOT NULL REFERENCES performance_profiles (id) ON DELETE CASCADE,
     mesh text NOT NULL, test_id text NOT NULL, test_start_time text NOT NULL,
     runner_results text NOT NULL, server_metrics text NOT NULL, server_board_config text NOT NULL)`,
  `CREATE INDEX performance_results_profile ON performance_results (performance_profile_id, test_start_time)`,
  `CREATE INDEX performance_results_owner ON performance_results (owner)`,
  `CREATE TABLE filters (id text PRIMARY KEY NOT NULL,
     organization_id text NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
     owner text NOT NULL REFERENCES users (id), name text NOT NULL, visibility text NOT NULL,
     filter_file text NOT NULL, filter_resource text NOT NULL, location text NOT NULL, catalog_data text, ${times})`,
  `CREATE INDEX filters_organization ON filters (organization_id, name)`,
  `CREATE TABLE pattern_resources (${ofUser},
     design_id text NOT NULL REFERENCES designs (id) ON DELETE CASCADE,
     namespace text NOT NULL, type text NOT NULL, oam_type text NOT NULL, deleted integer NOT NULL)`,
  `CREATE INDEX pattern_resources_design ON pattern_resources (design_id)`,
  `CREATE INDEX pattern_resources_owner ON pattern_resources (owner)`,
];

/** Makes the tables of load tests, of filters and of what deployments made. */
export class CreateTestsAndFilters1780000300100 implements MigrationInterface {
  name = 'CreateTestsAndFilters1780000300100';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = statements.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
