import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * First schema of the inventory on PostgreSQL. Strings are not interned here: the server compresses and caches pages
 * by itself, and sets of rows travel through `unnest`.
 */
export class CreateInventory1780000000000 implements MigrationInterface {
  name = 'CreateInventory1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA inventory CASCADE');
  }
}

const statements = [
  `CREATE TABLE inventory.meta (key text PRIMARY KEY, value bigint NOT NULL)`,
  `INSERT INTO inventory.meta
   SELECT key, (extract(epoch FROM now()) * 1000)::bigint * 16 FROM unnest(ARRAY['seq', 'pruned_seq']) key`,
  `CREATE TABLE inventory.clusters (
     id serial PRIMARY KEY, cluster_id text NOT NULL UNIQUE, name text NOT NULL, api_server_url text NOT NULL,
     agent_version text NOT NULL, source int NOT NULL, incarnation text NOT NULL, stream_created_at bigint NOT NULL,
     state int NOT NULL, reason text NOT NULL, message text NOT NULL,
     first_seen bigint NOT NULL, last_seen bigint NOT NULL)`,
  `CREATE TABLE inventory.resources (
     id serial PRIMARY KEY, cluster int NOT NULL, resource text NOT NULL, family text NOT NULL,
     incarnation text NOT NULL, sequence bigint NOT NULL, epoch bigint NOT NULL, generation bigint NOT NULL,
     snapshot_open boolean NOT NULL, resource_version text NOT NULL, object_kind text NOT NULL,
     namespaced boolean NOT NULL, state int NOT NULL, reason text NOT NULL, message text NOT NULL,
     since bigint NOT NULL, UNIQUE (cluster, resource))`,
  `CREATE TABLE inventory.objects (
     id serial PRIMARY KEY, cluster int NOT NULL, resource int NOT NULL, family text NOT NULL,
     api_version text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, model text COLLATE "C" NOT NULL,
     namespace text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, uid text COLLATE "C" NOT NULL,
     resource_version text NOT NULL, created text COLLATE "C" NOT NULL, generation bigint NOT NULL,
     seq bigint NOT NULL, stale_since bigint, labels jsonb NOT NULL, json text NOT NULL)`,
  `CREATE UNIQUE INDEX objects_uid ON inventory.objects (uid, cluster) WHERE uid <> ''`,
  `CREATE INDEX objects_identity ON inventory.objects (cluster, family, namespace, name)`,
  `CREATE INDEX objects_seq ON inventory.objects (seq)`,
  `CREATE INDEX objects_labels ON inventory.objects USING gin (labels jsonb_path_ops)`,
  `CREATE INDEX objects_name ON inventory.objects (namespace, name)`,
  `CREATE TABLE inventory.tombstones (
     seq bigint PRIMARY KEY, cluster int NOT NULL, api_version text NOT NULL, kind text NOT NULL,
     namespace text NOT NULL, name text NOT NULL, uid text NOT NULL, resource_version text NOT NULL,
     created text NOT NULL, deleted_at bigint NOT NULL, blocking boolean NOT NULL)`,
  `CREATE INDEX tombstones_uid ON inventory.tombstones (uid, cluster)`,
  `CREATE TABLE inventory.parked (
     id bigserial PRIMARY KEY, cluster_id text NOT NULL, resource text NOT NULL, incarnation text NOT NULL,
     sequence bigint NOT NULL, reason text NOT NULL, body text NOT NULL, parked_at bigint NOT NULL)`,
];

/** Meshery's own components. */
export class CreateComponents1780000300000 implements MigrationInterface {
  name = 'CreateComponents1780000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE inventory.components (
         kind text COLLATE "C" NOT NULL, location text COLLATE "C" NOT NULL, cluster_id text NOT NULL, version text NOT NULL, failing int NOT NULL,
         first_noted bigint NOT NULL, last_seen bigint NOT NULL, error_code text NOT NULL, error_message text NOT NULL,
         error_at bigint NOT NULL, PRIMARY KEY (kind, location))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inventory.components');
  }
}

/** All migrations of the inventory on PostgreSQL, oldest first. */
export const inventoryMigrations = [CreateInventory1780000000000, CreateComponents1780000300000];
