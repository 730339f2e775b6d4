import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cachedBinaryPath, findBinary, resolveBinary } from './binaries.ts';
import { sayNothing } from './progress.ts';
import { type BinaryName, pathRules, recipeOf, recipes } from './recipes.ts';

describe('the programs that are built with Go', () => {
  const before = { ...process.env };
  let root = '';
  const fake = (path: string, says: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho '${says}'\n`);
    chmodSync(path, 0o755);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'meshery-binaries-'));
    process.env.XDG_CACHE_HOME = join(root, 'cache');
    process.env.PATH = join(root, 'bin');
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(root, { recursive: true, force: true });
  });

  test('each have one recipe, and one folder for each version in the cache', () => {
    const names = recipes.flatMap((recipe) => Object.keys(recipe.packages)) as BinaryName[];
    expect(new Set(names).size).toBe(names.length);
    expect(cachedBinaryPath('etcd')).toBe(
      join(root, 'cache', 'meshery', 'bin', `etcd-${recipeOf('etcd').version}`, 'etcd'),
    );
  });

  test('are taken from the PATH when new enough, else from the cache', async () => {
    fake(cachedBinaryPath('nats-server'), '');
    fake(join(root, 'bin', 'nats-server'), 'nats-server: v2.10.29');
    expect(await findBinary('nats-server')).toBe(cachedBinaryPath('nats-server'));
    fake(join(root, 'bin', 'nats-server'), 'nats-server: v2.11.0');
    expect(await findBinary('nats-server')).toBe(join(root, 'bin', 'nats-server'));
  });

  test('of the control plane are never taken from the PATH: their version is part of what is tested', async () => {
    fake(join(root, 'bin', 'etcd'), 'etcd Version: 3.4.23');
    expect(pathRules.etcd).toBeUndefined();
    expect(await findBinary('etcd')).toBeUndefined();
  });

  test('are built once when two ask at the same time, and no half-made file is left when the build fails', async () => {
    const calls = join(root, 'calls');
    const go = join(root, 'bin', 'go');
    fake(go, '');
    writeFileSync(
      go,
      `#!/bin/sh\necho built >> '${calls}'\nwhile [ "$1" != -o ]; do shift; done\necho '#!/bin/sh' > "$2"\n`,
    );
    process.env.PATH = `${join(root, 'bin')}:${before.PATH ?? ''}`;
    const both = await Promise.all([
      resolveBinary('pause', { say: sayNothing }),
      resolveBinary('pause', { say: sayNothing }),
    ]);
    expect(both).toEqual([cachedBinaryPath('pause'), cachedBinaryPath('pause')]);
    writeFileSync(go, '#!/bin/sh\necho "no network" >&2\nexit 1\n');
    await expect(resolveBinary('probe', { say: sayNothing })).rejects.toThrow('no network');
    expect(await findBinary('probe')).toBeUndefined();
  });
});
