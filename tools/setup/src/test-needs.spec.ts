import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { aptCommand } from './apt.ts';
import { missingPackages } from './debian-packages.ts';
import { allTestNeeds, missingTestNeeds } from './test-needs.ts';

describe('what tests need', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test('is found out without changing anything', async () => {
    const empty = mkdtempSync(`${tmpdir()}/meshery-needs-`);
    process.env.XDG_CACHE_HOME = empty;
    const missing = await missingTestNeeds(['cluster']);
    expect(missing.packages).toEqual([]);
    expect(missing.binaries).toEqual(expect.arrayContaining(['etcd', 'kube-apiserver', 'kube-scheduler']));
    rmSync(empty, { recursive: true });
  });

  test('can be asked for in parts', async () => {
    expect(allTestNeeds).toEqual(
      expect.arrayContaining(['cluster', 'nodes', 'nats', 'chromium', 'postgres', 'docker']),
    );
    expect((await missingTestNeeds(['tools'])).binaries).toEqual([]);
  });

  test('names each missing package once, in an order that does not change', () => {
    const gone = (name: string) => ({ name, isPresent: () => false });
    expect(missingPackages([gone('b'), { name: 'c', isPresent: () => true }, gone('a'), gone('b')])).toEqual([
      'a',
      'b',
    ]);
    expect(aptCommand(['a', 'b'])).toContain('install --no-install-recommends a b');
  });
});
