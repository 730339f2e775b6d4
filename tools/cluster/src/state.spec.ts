import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClusterRecord, allRecords, clusterDir, clusterNames, readRecord, writeRecord } from './state.ts';

const record: ClusterRecord = {
  name: 'one',
  nodes: 0,
  slot: 0,
  ports: { apiServer: 1, etcdClient: 2, etcdPeer: 3, controllerManager: 4, scheduler: 5 },
  adminToken: 'secret',
  controllers: ['*'],
  scheduler: true,
  apiServerArgs: [],
  etcdArgs: [],
};

describe('what is remembered of clusters', () => {
  const before = process.env.XDG_STATE_HOME;
  beforeEach(() => {
    process.env.XDG_STATE_HOME = mkdtempSync(join(tmpdir(), 'meshery-state-'));
  });
  afterEach(() => {
    rmSync(process.env.XDG_STATE_HOME ?? '', { recursive: true, force: true });
    if (before === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = before;
  });

  test('is read back, and readable by nobody else', () => {
    const dir = clusterDir('one');
    expect(readRecord(dir)).toBeUndefined();
    writeRecord(dir, record);
    expect(readRecord(dir)).toEqual(record);
    expect(statSync(join(dir, 'cluster.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(allRecords()).toEqual([record]);
  });

  test('passes over locks and foreign folders', () => {
    expect(clusterNames()).toEqual([]);
    writeRecord(clusterDir('b'), record);
    mkdirSync(join(clusterDir('b'), '..', '.lock-b'));
    writeFileSync(join(clusterDir('b'), '..', 'a-file'), '');
    expect(clusterNames()).toEqual(['b']);
  });

  test('that is damaged says how to get rid of it', () => {
    writeRecord(clusterDir('one'), record);
    writeFileSync(join(clusterDir('one'), 'cluster.json'), '{"name":');
    expect(() => readRecord(clusterDir('one'))).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('down --name one') }),
    );
  });

  test.each(['', 'Upper', '../escape', '1st', 'ends-', 'x'.repeat(25)])('refuses "%s" as a name', (name) => {
    expect(() => clusterDir(name)).toThrow('is no name for a cluster');
  });
});
