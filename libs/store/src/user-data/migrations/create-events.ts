import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happened: events with who read them, the audit log, operations. Each log has one head row; who appends locks
 * it first, so that positions have no gaps and grow in the order of the commits, on PostgreSQL too.
 */
const statements = [
  `CREATE TABLE events (id text PRIMARY KEY NOT NULL, sequence bigint NOT NULL UNIQUE,
     organization_id text REFERENCES organizations (id) ON DELETE CASCADE, owner text NOT NULL,
     acted_upon text NOT NULL, action text NOT NULL, category text NOT NULL, description text NOT NULL,
     metadata text NOT NULL, operation_id text, severity text NOT NULL, system_id text NOT NULL,
     created_at text NOT NULL, updated_at text NOT NULL, deleted_at text)`,
  `CREATE INDEX events_organization ON events (organization_id, sequence)`,
  `CREATE INDEX events_created ON events (created_at)`,
  `CREATE TABLE event_readers (event_id text NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE, PRIMARY KEY (event_id, user_id))`,
  `CREATE TABLE event_heads (id text PRIMARY KEY NOT NULL, system_id text NOT NULL, sequence bigint NOT NULL,
     published bigint NOT NULL, publisher text NOT NULL, publisher_until text NOT NULL)`,
  `INSERT INTO event_heads VALUES ('events', '${randomUUID()}', 0, 0, '', '')`,
  `CREATE TABLE audit_log (sequence bigint PRIMARY KEY NOT NULL, at text NOT NULL, user_id text NOT NULL,
     user_name text NOT NULL, provider text NOT NULL, organization_id text NOT NULL, action text NOT NULL,
     object_id text NOT NULL, decision text NOT NULL, reason text NOT NULL, request_id text NOT NULL,
     previous_hash text NOT NULL, hash text NOT NULL)`,
  `CREATE INDEX audit_log_at ON audit_log (at)`,
  `CREATE TABLE audit_heads (id text PRIMARY KEY NOT NULL, sequence bigint NOT NULL, hash text NOT NULL,
     pruned bigint NOT NULL, pruned_hash text NOT NULL)`,
  `INSERT INTO audit_heads VALUES ('audit', 0, '', 0, '')`,
  `CREATE TABLE operations (id text PRIMARY KEY NOT NULL, kind text NOT NULL,
     organization_id text REFERENCES organizations (id) ON DELETE CASCADE, owner text NOT NULL, state text NOT NULL,
     progress integer NOT NULL, targets text NOT NULL, error text, cancel_requested integer NOT NULL,
     process_id text NOT NULL, seen_at text NOT NULL, created_at text NOT NULL, updated_at text NOT NULL,
     finished_at text)`,
  `CREATE INDEX operations_state ON operations (state, seen_at)`,
];

/** Makes the tables of events, the audit log and operations. */
export class CreateEvents1780000003000 implements MigrationInterface {
  name = 'CreateEvents1780000003000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = statements.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
