import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '@meshery/testing';
import Database from 'better-sqlite3';
import pg from 'pg';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { openPostgresUserStore } from './open-postgres-user-store.ts';
import { openUserStore, setDurable } from './open-user-store.ts';

/** Every link between two tables, written down a second time: to add one is to say here what it does. */
const goes = [
  'component_schemas.id components',
  'components.model_id models',
  'connection_definitions.model_id models',
  'connection_history.connection_id connections',
  'connections.organization_id organizations',
  'credentials.organization_id organizations',
  'designs.organization_id organizations',
  'environment_connections.connection_id connections',
  'environment_connections.environment_id environments',
  'environments.organization_id organizations',
  'event_readers.event_id events',
  'event_readers.user_id users',
  'events.organization_id organizations',
  'federated_identities.user_id users',
  'filters.organization_id organizations',
  'keychain_keys.keychain_id keychains',
  'keychains.organization_id organizations',
  'models.registrant_id registrants',
  'operations.organization_id organizations',
  'organization_members.organization_id organizations',
  'organization_members.user_id users',
  'organization_roles.organization_id organizations',
  'pattern_resources.design_id designs',
  'pattern_resources.owner users',
  'performance_profiles.owner users',
  'performance_results.owner users',
  'performance_results.performance_profile_id performance_profiles',
  'performance_test_configs.owner users',
  'policies.model_id models',
  'preferences.user_id users',
  'relationships.model_id models',
  'role_keychains.keychain_id keychains',
  'role_keychains.organization_id,role organization_roles',
  'roles.organization_id organizations',
  'schedules.owner users',
  'service_tokens.owner users',
  'team_members.team_id teams',
  'team_members.user_id users',
  'teams.organization_id organizations',
  'views.organization_id organizations',
  'workspace_designs.design_id designs',
  'workspace_designs.workspace_id workspaces',
  'workspace_environments.environment_id environments',
  'workspace_environments.workspace_id workspaces',
  'workspace_teams.team_id teams',
  'workspace_teams.workspace_id workspaces',
  'workspace_views.view_id views',
  'workspace_views.workspace_id workspaces',
  'workspaces.organization_id organizations',
];
const isUnlinked = ['connections.credential_id credentials', 'performance_profiles.schedule_id schedules'];
const keeps = [
  'connections.definition_id connection_definitions',
  'connections.owner users',
  'credentials.owner users',
  'designs.owner users',
  'environments.owner users',
  'filters.owner users',
  'keychains.owner users',
  'models.category_id categories',
  'organizations.owner users',
  'roles.owner users',
  'teams.owner users',
  'views.owner users',
  'workspaces.owner users',
];
/** Logs outlive what they speak of; the others name nothing that is kept here. */
const noLinks = [
  ...['acted_upon', 'operation_id', 'owner', 'system_id'].map((column) => `events.${column}`),
  ...['object_id', 'organization_id', 'request_id', 'user_id'].map((column) => `audit_log.${column}`),
  ...['connections.context_id', 'event_heads.system_id', 'keychain_keys.key_id', 'operations.owner'],
  ...['operations.process_id', 'performance_results.test_id'],
].sort();

interface Link {
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly keys: readonly string[];
  readonly rule: 'CASCADE' | 'SET NULL' | 'NO ACTION';
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly isText: boolean;
  readonly isRequired: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/** A database below its store. */
interface Opened {
  readonly run: (statement: string) => Promise<readonly Row[]>;
  readonly close: () => Promise<unknown>;
  readonly links: string;
  readonly columns: string;
}

let postgres: PostgresServer;
let folder: string;
beforeAll(async () => {
  postgres = await PostgresServer.start();
  folder = await mkdtemp(join(tmpdir(), 'meshery-links-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const logger = keepingLogger();

async function openSqlite(): Promise<Opened> {
  await (await openUserStore({ dataDir: folder, logger })).close();
  const db = new Database(join(folder, 'meshery.db'));
  setDurable(db);
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection, as with PostgreSQL
    run: async (statement) => {
      const prepared = db.prepare<unknown[], Row>(statement);
      if (prepared.reader) return prepared.all();
      prepared.run();
      return [];
    },
    close: () => Promise.resolve(db.close()),
    links: `SELECT m.name AS child, group_concat(f."from") AS columns, f."table" AS parent, group_concat(f."to") AS keys,
      f.on_delete AS rule FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
      GROUP BY m.name, f.id`,
    columns: `SELECT m.name AS "table", c.name, c.type = 'TEXT' AS "isText", c."notnull" = 1 AS "isRequired"
      FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
  };
}

async function openPostgres(): Promise<Opened> {
  const url = await postgres.createDatabase();
  await (await openPostgresUserStore({ url, logger })).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET search_path = meshery');
  const names = (table: string, list: string) => `(SELECT string_agg(a.attname, ',' ORDER BY k.place)
    FROM unnest(${list}) WITH ORDINALITY k(number, place) JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.number)`;
  return {
    run: async (statement) => (await client.query<Row>(statement)).rows,
    close: () => client.end(),
    links: `SELECT conrelid::regclass::text AS child, ${names('conrelid', 'conkey')} AS columns,
      confrelid::regclass::text AS parent, ${names('confrelid', 'confkey')} AS keys,
      CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'NO ACTION' END AS rule
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'meshery'::regnamespace`,
    columns: `SELECT table_name AS "table", column_name AS name, data_type = 'text' AS "isText",
      is_nullable = 'NO' AS "isRequired" FROM information_schema.columns WHERE table_schema = 'meshery'`,
  };
}

describe.each([
  ['SQLite', openSqlite],
  ['PostgreSQL', openPostgres],
])('links between tables on %s', (_name, open) => {
  let database: Opened;
  let links: readonly Link[];
  let columns: readonly Column[];
  let count = 0;
  beforeAll(async () => {
    database = await open();
    links = (await database.run(database.links)).map((row) => ({
      ...(row as unknown as Link),
      columns: String(row['columns']).split(','),
      keys: String(row['keys']).split(','),
    }));
    columns = (await database.run(database.columns)) as unknown as readonly Column[];
  });
  afterAll(() => database.close());

  const textOf = ({ child, columns: own, parent }: Link): string => `${child}.${own.join(',')} ${parent}`;
  const linkOf = (text: string): Link => {
    const link = links.find((one) => textOf(one) === text);
    if (link === undefined) throw new Error(`there is no link ${text}`);
    return link;
  };
  const where = (names: readonly string[], values: readonly string[]): string =>
    names.map((name, index) => `${name} = ${values[index] ?? ''}`).join(' AND ');

  /** Adds a row with parents that nothing else is linked to; gives its values, as they are written. */
  async function insert(table: string): Promise<ReadonlyMap<string, string>> {
    const values = new Map<string, string>();
    for (const link of links.filter(({ child }) => child === table)) {
      const parent = await insert(link.parent);
      link.columns.forEach((column, index) => values.set(column, parent.get(link.keys[index] ?? '') ?? ''));
    }
    for (const { table: of, name, isText, isRequired } of columns) {
      if (of !== table || !isRequired || values.has(name)) continue;
      count += 1;
      values.set(name, isText ? `'${name} ${String(count)}'` : String(count));
    }
    const names = [...values.keys()].join(', ');
    await database.run(`INSERT INTO ${table} (${names}) VALUES (${[...values.values()].join(', ')})`);
    return values;
  }

  /** Removes the parent of a fresh row: whether that was refused, and what is left in the child. */
  async function removeParent({
    child,
    columns: own,
    parent,
    keys,
  }: Link): Promise<readonly [boolean, readonly Row[]]> {
    await database.run('BEGIN');
    try {
      await database.run(`DELETE FROM ${child}`);
      const values = await insert(child);
      const linked = own.map((column) => values.get(column) ?? '');
      await database.run('SAVEPOINT before');
      const removal = database.run(`DELETE FROM ${parent} WHERE ${where(keys, linked)}`);
      const isRefused = await removal.then(
        () => false,
        () => true,
      );
      if (isRefused) await database.run('ROLLBACK TO SAVEPOINT before');
      return [isRefused, await database.run(`SELECT ${own.join(', ')} FROM ${child}`)];
    } finally {
      await database.run('ROLLBACK');
    }
  }

  test('are these and no others, and whatever names a record is one of them', () => {
    const by = (rule: Link['rule']): string[] =>
      links
        .filter((link) => link.rule === rule)
        .map(textOf)
        .sort();
    expect(by('CASCADE')).toEqual(goes);
    expect(by('SET NULL')).toEqual(isUnlinked);
    expect(by('NO ACTION')).toEqual(keeps);
    const linked = new Set(links.flatMap(({ child, columns: own }) => own.map((column) => `${child}.${column}`)));
    const naming = columns.filter(({ name }) => /_id$|^owner$|^acted_upon$/.test(name));
    const unlinked = naming.map(({ table, name }) => `${table}.${name}`).filter((name) => !linked.has(name));
    expect(unlinked.sort()).toEqual(noLinks);
  });

  test.each(goes)('%s: goes with it', async (text) => {
    expect(await removeParent(linkOf(text))).toEqual([false, []]);
  });

  test.each(isUnlinked)('%s: stays without it', async (text) => {
    const link = linkOf(text);
    expect(await removeParent(link)).toEqual([false, [{ [link.columns[0] ?? '']: null }]]);
  });

  test.each(keeps)('%s: keeps it', async (text) => {
    const [isRefused, left] = await removeParent(linkOf(text));
    expect([isRefused, left.length]).toEqual([true, 1]);
  });

  test.each([...goes, ...isUnlinked, ...keeps])('%s: there is none to nothing', async (text) => {
    const { child, columns: own, keys, parent } = linkOf(text);
    const values = await insert(child);
    const row = own.map((column) => values.get(column) ?? '');
    const change = `UPDATE ${child} SET ${own[0] ?? ''} = 'nothing' WHERE ${where(own, row)}`;
    await expect(database.run(change)).rejects.toThrow(/constraint/i);
    expect(await database.run(`SELECT 1 AS one FROM ${parent} WHERE ${where(keys, row)}`)).toHaveLength(1);
  });
});
