import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry, EventRecord, Operation } from '@meshery/object-model';
import { PostgresServer } from '@meshery/testing';
import Database from 'better-sqlite3';
import pg from 'pg';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { testOrganization, testUser } from '../testing/user-records.ts';
import { openPostgresUserStore } from './open-postgres-user-store.ts';
import { openUserStore } from './open-user-store.ts';
import type { UserStore } from './user-store.ts';

let postgres: PostgresServer;
let folder: string;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  folder = await mkdtemp(join(tmpdir(), 'meshery-event-log-'));
});

afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const logger = keepingLogger();

/** A store, and a way to damage it from outside. */
interface Opened {
  readonly store: UserStore;
  readonly sql: (statement: string) => Promise<unknown>;
}

const databases = {
  SQLite: async (): Promise<Opened> => {
    const dataDir = await mkdtemp(join(folder, 'db-'));
    const store = await openUserStore({ dataDir, logger });
    const sql = (statement: string): Promise<unknown> => {
      const db = new Database(join(dataDir, 'meshery.db'));
      db.exec(statement);
      db.close();
      return Promise.resolve();
    };
    return { store, sql };
  },
  PostgreSQL: async (): Promise<Opened> => {
    const url = await postgres.createDatabase();
    const store = await openPostgresUserStore({ url, logger });
    const sql = async (statement: string): Promise<unknown> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client.query(`SET search_path = meshery; ${statement}`).finally(() => client.end());
    };
    return { store, sql };
  },
};

const alice = testUser('alice');
const bob = testUser('bob');
const organization = testOrganization(alice);
const query = { page: 0, pageSize: 10 };
const scopeOf = (userId: string, ...organizationIds: string[]) => ({ userId, organizationIds });
const insider = scopeOf(alice.id, organization.id);

type Draft = Omit<EventRecord, 'sequence' | 'systemId'>;

function event(description: string, over: Partial<Draft> = {}): Draft {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id: randomUUID(),
    organizationId: organization.id,
    owner: alice.id,
    actedUpon: randomUUID(),
    action: 'create',
    category: 'environment',
    description,
    metadata: { a: [1] },
    operationId: null,
    severity: 'success',
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

const entry = (action: string, over: Partial<AuditEntry> = {}): AuditEntry => ({
  at: '2026-01-01T00:00:00.000Z',
  userId: alice.id,
  userName: 'alice',
  provider: 'Local',
  organizationId: organization.id,
  action,
  objectId: '',
  decision: 'allowed',
  reason: '',
  requestId: 'r',
  ...over,
});

describe.each(Object.entries(databases))('what happened, on %s', (_name, open) => {
  let store: UserStore;
  let sql: Opened['sql'];
  beforeEach(async () => {
    ({ store, sql } = await open());
    await store.change(async (data) => {
      await data.users.insert(alice);
      await data.users.insert(bob);
      await data.organizations.insert(organization);
    });
  });
  afterEach(() => store.close());

  const append = (...drafts: Draft[]): Promise<readonly EventRecord[]> =>
    store.change(async (data) => {
      const kept: EventRecord[] = [];
      for (const draft of drafts) kept.push(await data.events.append(draft));
      return kept;
    });
  const described = async (scope = insider, filter = {}): Promise<readonly string[]> =>
    (await store.read((data) => data.events.page(scope, filter, query))).items.map(({ description }) => description);

  test('positions grow without gaps in the order of the commits, whoever appends at the same time', async () => {
    const sequences = await Promise.all(
      Array.from({ length: 20 }, (_none, index) => append(event(`e${String(index)}`)).then(([kept]) => kept?.sequence)),
    );
    expect(sequences.sort((left = 0, right = 0) => left - right)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    const failed = store.change(async (data) => {
      await data.events.append(event('lost'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect((await append(event('next')))[0]?.sequence).toBe(21);
  });

  test('an event comes back as it was appended, to those who may see it', async () => {
    const [shared, own] = await append(event('shared'), event('own', { organizationId: null, severity: 'error' }));
    const seen = await store.read((data) => data.events.page(insider, {}, query));
    expect(seen.items).toEqual([
      { ...own, status: 'unread' },
      { ...shared, status: 'unread' },
    ]);
    expect(await described(scopeOf(bob.id, organization.id))).toEqual(['shared']);
    expect(await described(scopeOf(bob.id))).toEqual([]);
    expect(await store.read((data) => data.events.find(scopeOf(bob.id), [own?.id ?? '', shared?.id ?? '']))).toEqual(
      [],
    );
  });

  test('filters, search, positions and orders select what they say', async () => {
    await append(
      event('one', { severity: 'error', category: 'connection' }),
      event('two 50%', { action: 'delete' }),
      event('three', { actedUpon: '00000000-0000-4000-8000-000000000001' }),
    );
    expect(await described(insider, { severities: ['error'] })).toEqual(['one']);
    expect(await described(insider, { categories: ['connection', 'x'] })).toEqual(['one']);
    expect(await described(insider, { actions: ['delete'] })).toEqual(['two 50%']);
    expect(await described(insider, { actedUpon: ['00000000-0000-4000-8000-000000000001'] })).toEqual(['three']);
    expect(await described(insider, { after: 3 })).toEqual(['two 50%', 'one']);
    const found = await store.read((data) => data.events.page(insider, {}, { ...query, search: '0%' }));
    expect(found.items.map(({ description }) => description)).toEqual(['two 50%']);
    const oldest = { ...query, order: { field: 'sequence', descending: false } };
    const page = await store.read((data) => data.events.page(insider, { after: 1 }, oldest));
    expect(page).toMatchObject({ totalCount: 3, items: [{ description: 'two 50%' }, { description: 'three' }] });
    expect(await store.read((data) => data.events.types(insider))).toEqual([
      { category: 'connection', action: 'create' },
      { category: 'environment', action: 'create' },
      { category: 'environment', action: 'delete' },
    ]);
  });

  test('reading is each user’s own, and counted', async () => {
    const [first] = await append(event('one', { severity: 'error' }), event('two'));
    const ids = [first?.id ?? ''];
    await store.change((data) => data.events.mark(ids, alice.id, 'read'));
    await store.change((data) => data.events.mark(ids, alice.id, 'read'));
    expect(await described(insider, { status: 'read' })).toEqual(['one']);
    expect(await described(insider, { status: 'unread' })).toEqual(['two']);
    expect(await described(scopeOf(bob.id, organization.id), { status: 'read' })).toEqual([]);
    expect(await store.read((data) => data.events.counts(insider))).toEqual({
      readCount: 1,
      countBySeverityLevel: [{ severity: 'success', count: 1 }],
    });
    await store.change((data) => data.events.mark(ids, alice.id, 'unread'));
    expect((await store.read((data) => data.events.counts(insider))).readCount).toBe(0);
  });

  test('a removed event is seen by nobody, but stays in the outbox until it is published', async () => {
    const [first] = await append(event('gone'), event('here'));
    await store.change((data) => data.events.remove([first?.id ?? ''], '2026-01-02T00:00:00.000Z'));
    expect(await described()).toEqual(['here']);
    const outbox = async (): Promise<string[]> =>
      (await store.read((data) => data.events.after(0, 10))).map(({ description }) => description);
    const rules = { before: '2000', keep: 100, limit: 10 };
    expect(await store.change((data) => data.events.prune(rules))).toBe(0);
    expect(await outbox()).toEqual(['gone', 'here']);
    await store.change((data) => data.events.keepPublished(1));
    expect(await store.change((data) => data.events.prune(rules))).toBe(1);
    expect(await outbox()).toEqual(['here']);
  });

  test('old events go, unread failures stay, and never more stay than are kept', async () => {
    const old = '2025-01-01T00:00:00.000Z';
    const [failure] = await append(
      event('failed', { createdAt: old, severity: 'error' }),
      event('old', { createdAt: old }),
      event('new'),
    );
    const prune = (keep: number): Promise<number> =>
      store.change((data) => data.events.prune({ before: '2025-06-01', keep, limit: 10 }));
    expect(await prune(100)).toBe(1);
    expect(await described()).toEqual(['new', 'failed']);
    await store.change((data) => data.events.mark([failure?.id ?? ''], alice.id, 'read'));
    expect(await prune(100)).toBe(1);
    expect(await prune(0)).toBe(1);
    expect(await described()).toEqual([]);
  });

  test('one process publishes at a time, another one when its time is over', async () => {
    const lead = (who: string, now: string, until: string): Promise<boolean> =>
      store.change((data) => data.events.lead(who, now, until));
    expect(await lead('a', '10', '20')).toBe(true);
    expect(await lead('b', '15', '25')).toBe(false);
    expect(await lead('a', '18', '28')).toBe(true);
    expect(await lead('b', '29', '39')).toBe(true);
  });

  describe('the audit log', () => {
    const note = (...entries: AuditEntry[]): Promise<void> =>
      store.change(async (data) => {
        for (const each of entries) await data.audit.append(each);
      });
    const check = () => store.read((data) => data.audit.check());
    test('holds what was noted, in a chain that is whole', async () => {
      await Promise.all(Array.from({ length: 10 }, (_none, index) => note(entry(`a${String(index)}`))));
      expect(await check()).toEqual({ lines: 10 });
      const [first, second] = await store.read((data) => data.audit.after(0, 2));
      expect(first).toMatchObject({ sequence: 1, previousHash: '', userName: 'alice', decision: 'allowed' });
      expect(second?.previousHash).toBe(first?.hash);
    });

    test.each([
      ['changed', "UPDATE audit_log SET user_name = 'eve' WHERE sequence = 2", 2],
      ['removed', 'DELETE FROM audit_log WHERE sequence = 2', 2],
      ['cut off at the end', 'DELETE FROM audit_log WHERE sequence = 4', 4],
      ['cut off at the beginning', 'DELETE FROM audit_log WHERE sequence = 1', 1],
      [
        'reordered',
        'UPDATE audit_log SET sequence = CASE sequence WHEN 2 THEN 13 ELSE 12 END WHERE sequence IN (2, 3);' +
          'UPDATE audit_log SET sequence = sequence - 10 WHERE sequence > 10',
        2,
      ],
      [
        'added',
        "INSERT INTO audit_log SELECT 5, at, user_id, user_name, provider, organization_id, 'x', object_id, decision, " +
          'reason, request_id, hash, hash FROM audit_log WHERE sequence = 4',
        5,
      ],
      [
        'added as it should be',
        'UPDATE audit_heads SET sequence = 3, hash = (SELECT hash FROM audit_log WHERE sequence = 3)',
        4,
      ],
    ])('finds a line that was %s', async (_what, damage, line) => {
      await note(entry('a'), entry('b'), entry('c'), entry('d'));
      await sql(damage);
      expect((await check()).brokenAt).toBe(line);
    });

    test('is pruned from its beginning, by age and number, and stays whole', async () => {
      const old = { at: '2025-01-01T00:00:00.000Z' };
      await note(entry('a', old), entry('b', old), entry('c'), entry('d', old), entry('e'));
      const prune = (keep: number, limit = 10): Promise<number> =>
        store.change((data) => data.audit.prune({ before: '2025-06-01', keep, limit }));
      expect(await prune(100, 1)).toBe(1);
      expect(await prune(100)).toBe(1);
      expect(await check()).toEqual({ lines: 3 });
      expect(await prune(1)).toBe(2);
      expect(await prune(1)).toBe(0);
      await note(entry('f'));
      expect(await check()).toEqual({ lines: 2 });
      expect(await prune(0)).toBe(2);
      await note(entry('g'));
      expect(await check()).toEqual({ lines: 1 });
    });
  });

  describe('operations', () => {
    const operation = (over: Partial<Operation> = {}): Operation => ({
      id: randomUUID(),
      kind: 'test',
      organizationId: organization.id,
      owner: alice.id,
      state: 'running',
      progress: 0,
      targets: [{ id: 'c1', name: 'cluster', state: 'running', message: '' }],
      error: null,
      isCancelRequested: false,
      processId: 'p1',
      seenAt: '2026-01-01T00:00:00.000Z',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: null,
      ...over,
    });
    const insert = (row: Operation): Promise<void> => store.change((data) => data.operations.insert(row));

    test('end once, and are seen by who may', async () => {
      const row = operation();
      await insert(row);
      expect(await store.read((data) => data.operations.find(row.id, insider))).toEqual(row);
      expect(await store.read((data) => data.operations.find(row.id, scopeOf(bob.id)))).toBeUndefined();
      const end = (state: 'succeeded' | 'cancelled'): Promise<boolean> =>
        store.change((data) => data.operations.update(row.id, { state, finishedAt: '2026-01-03T00:00:00.000Z' }));
      const ends = await Promise.all([end('succeeded'), end('cancelled')]);
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect(await end('cancelled')).toBe(false);
      const page = await store.read((data) => data.operations.page(insider, { state: 'running' }, query));
      expect(page.totalCount).toBe(0);
    });

    test('of a silent process are found, and finished ones are pruned', async () => {
      const silent = operation();
      await insert(silent);
      await insert(operation({ processId: 'p2', seenAt: '2026-02-01T00:00:00.000Z' }));
      await insert(
        operation({ state: 'failed', finishedAt: '2025-01-01T00:00:00.000Z', error: { code: 'c', message: 'm' } }),
      );
      await insert(operation({ state: 'succeeded', finishedAt: '2026-01-01T00:00:00.000Z' }));
      const found = await store.read((data) => data.operations.running({ seenBefore: '2026-01-15' }));
      expect(found.map(({ id }) => id)).toEqual([silent.id]);
      const prune = (keep: number): Promise<number> =>
        store.change((data) => data.operations.prune({ before: '2025-06-01', keep, limit: 10 }));
      expect([await prune(10), await prune(10), await prune(0), await prune(0)]).toEqual([1, 0, 1, 0]);
    });
  });
});
