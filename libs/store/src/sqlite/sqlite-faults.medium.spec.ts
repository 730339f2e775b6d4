import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isMesheryError } from '@meshery/errors';
import { mountMemoryDisk } from '@meshery/testing';
import Database from 'better-sqlite3';
import { Registry } from 'prom-client';
import type { CommitNotice, InventoryStore, ObjectQuery } from '../inventory-store.ts';
import { RunScript, objectChange } from '../testing/batches.ts';
import { keepingLogger } from '../testing/quiet-logger.ts';
import type { LoggedLine } from '../testing/quiet-logger.ts';
import { openIn } from '../testing/sqlite-under-test.ts';

const pods = 'pods.v1.';
const all: ObjectQuery = { clusterIds: 'all', sort: 'name', descending: false, pageSize: 1000 };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-faults-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function until(condition: () => boolean | Promise<boolean>, what: string, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(20);
  }
}

/** By this process so far, from wherever: Linux counts what is asked for, also when it has it in memory. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'resolved';
  } catch (error) {
    return isMesheryError(error) ? error.code : String(error);
  }
}

function bulky(name: string): ReturnType<typeof objectChange> {
  return objectChange(name, { json: JSON.stringify({ metadata: { name }, data: 'x'.repeat(100_000) }) });
}

async function filled(store: InventoryStore, names: readonly string[]): Promise<RunScript> {
  const run = new RunScript('c1', '01');
  await store.openRun(run.open());
  await store.ingest(run.begin(pods));
  for (const name of names) await store.ingest(run.changes(pods, [bulky(name)]));
  await store.ingest(run.end(pods, '1'));
  return run;
}

describe('disk full', () => {
  test('writing fails whole and visibly, and converges without a restart when there is space again', async () => {
    const disk = await mountMemoryDisk(12);
    const lines: LoggedLine[] = [];
    const metrics = new Registry();
    try {
      const store = await openIn(disk.path, { logger: keepingLogger(lines), metrics });
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const names = Array.from({ length: 200 }, (_, index) => `pod-${String(index).padStart(3, '0')}`);
      const pending = [
        store.ingest(run.begin(pods)),
        ...names.map((name) => store.ingest(run.changes(pods, [bulky(name)]))),
      ];
      await until(() => store.health().fault !== undefined, 'the fault is visible');
      expect(store.health()).toMatchObject({ writerAlive: false, fault: { code: 'meshery-store-1600' } });
      expect(await metrics.metrics()).toContain('meshery_inventory_write_faulty 1');
      expect(lines.some((line) => line.level === 'error' && line.message === 'inventory cannot be written')).toBe(true);
      // Reading goes on, and shows whole batches only.
      const during = await store.page(all, false);
      expect(during.totalCount).toBeLessThan(names.length);
      expect(store.health().queued).toBeGreaterThan(0);

      await disk.resize(200);
      const outcomes = await Promise.all(pending);
      expect(new Set(outcomes.map((outcome) => outcome.verdict))).toEqual(new Set([1]));
      expect((await store.ingest(run.end(pods, '9'))).verdict).toBe(1);
      expect((await store.page(all, false)).rows.map((row) => row.name)).toEqual(names);
      expect(store.health()).toMatchObject({ writerAlive: true, queued: 0 });
      expect(await metrics.metrics()).toContain('meshery_inventory_write_faulty 0');
      await store.close();
    } finally {
      await disk.unmount();
    }
  });

  test('a store that is closed while the disk is full rejects what it did not commit, with a code', async () => {
    const disk = await mountMemoryDisk(6);
    try {
      const store = await openIn(disk.path);
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await store.ingest(run.begin(pods));
      const pending = Array.from({ length: 100 }, (_, index) =>
        codeOf(store.ingest(run.changes(pods, [bulky(`p${index}`)]))),
      );
      await until(() => store.health().fault !== undefined, 'the fault is visible');
      await store.close();
      const codes = new Set(await Promise.all(pending));
      expect(codes.has('meshery-store-1600')).toBe(true);
      expect([...codes].every((code) => code === 'meshery-store-1600' || code === 'resolved')).toBe(true);
    } finally {
      await disk.unmount();
    }
  });
});

test('no file of the store is mapped: a disk that takes no writes gives errors, and ends nothing', async () => {
  const store = await openIn(folder);
  await filled(store, ['pod-1']);
  expect((await store.page(all, false)).totalCount).toBe(1);
  const mapped = (await readFile('/proc/self/maps', 'utf8')).split('\n').filter((line) => line.includes(folder));
  expect(mapped).toEqual([]);
  await store.close();
});

describe('damage', () => {
  async function reopened(
    damage: (file: string) => Promise<void>,
  ): Promise<{ store: InventoryStore; lines: LoggedLine[] }> {
    const first = await openIn(folder);
    await filled(
      first,
      Array.from({ length: 30 }, (_, index) => `pod-${index}`),
    );
    await first.close();
    await damage(join(folder, 'inventory.db'));
    const lines: LoggedLine[] = [];
    return { store: await openIn(folder, { logger: keepingLogger(lines) }), lines };
  }

  async function expectUsable(store: InventoryStore): Promise<void> {
    await filled(store, ['again']);
    expect((await store.page(all, false)).rows.map((row) => row.name)).toEqual(['again']);
  }

  test('a file that is no database is set aside and made anew, visibly', async () => {
    const { store, lines } = await reopened((file) => writeFile(file, 'not a database, just some text\n'.repeat(100)));
    expect(store.health().recovered?.reason).toMatch(/not a database/);
    expect(lines.some((line) => line.level === 'error' && /damaged/.test(line.message))).toBe(true);
    expect((await store.page(all, false)).totalCount).toBe(0);
    await expectUsable(store);
    expect(existsSync(join(folder, 'inventory.db.damaged'))).toBe(true);
    await store.close();
  });

  test('a file cut in half is made anew', async () => {
    const { store } = await reopened(async (file) => {
      const handle = await open(file, 'r+');
      await handle.truncate(Math.floor((await stat(file)).size / 2));
      await handle.close();
    });
    // A cut tail may only show when its pages are read.
    await codeOf(collect(store));
    await until(() => store.health().recovered !== undefined, 'the damage is found');
    await expectUsable(store);
    await store.close();
  });

  test('a damaged page met while running is answered with a code, rebuilt, and listeners hear a reset', async () => {
    const { store } = await reopened(async (file) => {
      const bytes = await readFile(file);
      // Everything behind the first pages: tables and indexes lose their page headers.
      bytes.fill(0xff, 8192 * 2);
      await writeFile(file, bytes);
    });
    const notices: CommitNotice[] = [];
    store.onCommit((notice) => notices.push(notice));
    if (store.health().recovered === undefined) {
      expect(['meshery-store-1602', 'resolved']).toContain(await codeOf(store.page(all, true)));
      await until(() => store.health().recovered !== undefined, 'the damage is found');
      await until(() => notices.some((notice) => notice.reset !== undefined), 'the reset is heard');
    }
    await expectUsable(store);
    await store.close();
  });

  test('an agent that goes on after a rebuild is asked for a snapshot', async () => {
    const first = await openIn(folder);
    const run = await filled(first, ['a', 'b']);
    await first.close();
    await writeFile(join(folder, 'inventory.db'), 'x'.repeat(5000));
    const store = await openIn(folder);
    expect((await store.ingest(run.changes(pods, [bulky('c')], '7'))).verdict).toBe(4);
    for (const batch of [run.begin(pods), run.changes(pods, [bulky('a'), bulky('c')]), run.end(pods, '8')]) {
      expect((await store.ingest(batch)).verdict).toBe(1);
    }
    expect((await store.page(all, false)).rows.map((row) => row.name)).toEqual(['a', 'c']);
    await store.close();
  });

  async function collect(store: InventoryStore): Promise<number> {
    let count = 0;
    for await (const chunk of store.export({ clusterIds: 'all' })) count += chunk.length;
    return count;
  }
});

describe('opening', () => {
  test('a store from a newer version is refused with a remedy and nothing is touched', async () => {
    const first = await openIn(folder);
    await filled(first, ['a']);
    await first.close();
    const file = join(folder, 'inventory.db');
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    const before = await readFile(file);
    const error: unknown = await openIn(folder).catch((reason: unknown) => reason);
    expect(isMesheryError(error) && [error.code, error.remedy]).toEqual([
      'meshery-store-1601',
      expect.stringContaining('newer version'),
    ]);
    expect(before.equals(await readFile(file))).toBe(true);
  });

  test('a folder in use is refused, and free again after the close', async () => {
    const first = await openIn(folder);
    expect(await codeOf(openIn(folder))).toBe('meshery-store-1604');
    await first.close();
    await (await openIn(folder)).close();
  });

  test('a path that cannot be a folder and a read-only file system are refused with a code', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await codeOf(openIn(join(folder, 'file', 'sub')))).toBe('meshery-config-1102');
    const disk = await mountMemoryDisk(4);
    try {
      await disk.makeReadOnly();
      expect(await codeOf(openIn(disk.path))).toBe('meshery-config-1102');
    } finally {
      await disk.unmount();
    }
  });

  test('opens 100,000 rows without reading them all', async () => {
    const first = await openIn(folder);
    const run = new RunScript('c1', '01');
    await first.openRun(run.open());
    await first.ingest(run.begin(pods));
    for (let start = 0; start < 100_000; start += 1000) {
      const objects = Array.from({ length: 1000 }, (_, index) => objectChange(`pod-${start + index}`));
      await first.ingest(run.changes(pods, objects));
    }
    await first.ingest(run.end(pods, '1'));
    await first.close();
    const atFirst = bytesRead();
    const store = await openIn(folder, { checkAfterMs: 600_000 });
    const opening = bytesRead() - atFirst;
    expect((await store.page(all, false)).totalCount).toBe(100_000);
    const afterwards = bytesRead();
    for await (const rows of store.export({ clusterIds: 'all' })) expect(rows).not.toEqual([]);
    const reading = bytesRead() - afterwards;
    await store.close();
    expect(opening).toBeLessThan(reading / 2);
  });
});

describe('kill -9', () => {
  test('what was acknowledged is there, 20 times, at random points', async () => {
    const acknowledged = join(folder, 'acknowledged');
    const child = new URL('../testing/ingest-child.ts', import.meta.url).pathname;
    let killed = 0;
    for (let round = 0; round < 20; round += 1) {
      const incarnation = `0${String(round).padStart(3, '0')}`;
      const process_ = spawn(process.execPath, [child, folder, acknowledged, incarnation], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = new Promise((resolve) => process_.once('exit', resolve));
      await new Promise<void>((resolve, reject) => {
        process_.stdout.once('data', () => resolve());
        process_.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
      });
      await until(
        () => existsSync(acknowledged) && readFileSync(acknowledged, 'utf8').includes(`-${incarnation}-`),
        'a name',
      );
      await delay(Math.random() * 120);
      if (process_.kill('SIGKILL')) killed += 1;
      await exited;
    }
    await copyFile(join(folder, 'inventory.db'), join(folder, 'copy'));
    const store = await openIn(folder);
    const present = new Set<string>();
    for await (const chunk of store.export({ clusterIds: 'all' })) for (const row of chunk) present.add(row.name);
    const names = readFileSync(acknowledged, 'utf8').split('\n').slice(0, -1);
    expect(killed).toBe(20);
    // At least the first ones of each round, however slow the machine is.
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect(names.filter((name) => !present.has(name))).toEqual([]);
    expect(store.health().recovered).toBeUndefined();
    expect((await store.clusters())[0]?.objectCount).toBe(present.size);
    await store.close();
  });
});

describe('the writer thread', () => {
  test('is replaced when it dies; what was accepted is committed once and heard', async () => {
    const store = await openIn(folder);
    const run = new RunScript('c1', '01');
    await store.openRun(run.open());
    await store.ingest(run.begin(pods));
    const heard = new Set<string>();
    store.onCommit((notice) => notice.changes.forEach((change) => heard.add(change.head.name)));
    const names = Array.from({ length: 300 }, (_, index) => `pod-${index}`);
    const pending = names.map((name) => store.ingest(run.changes(pods, [bulky(name)])));
    // The thread is killed from inside its own engine's point of view: without warning.
    const { writer } = store as unknown as { writer: { worker: { terminate(): Promise<number> } } };
    await pending[5];
    await writer.worker.terminate();
    const outcomes = await Promise.all(pending);
    expect(new Set(outcomes.map((outcome) => outcome.verdict))).toEqual(new Set([1]));
    expect((await store.page(all, false)).totalCount).toBe(300);
    expect(heard.size).toBe(300);
    expect(store.health()).toMatchObject({ writerAlive: true, queued: 0 });
    await store.close();
  });
});
