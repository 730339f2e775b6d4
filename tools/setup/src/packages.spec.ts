import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedByHand, manifestFiles, manifestHash, onlyOptionalsDiffer, packagesAreCurrent } from '../packages.mjs';

const PACKAGES = fileURLToPath(new URL('../packages.mjs', import.meta.url));

describe('the npm packages', () => {
  let root = '';
  const put = (path: string, value: unknown): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(value));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'meshery-packages-'));
    put('package.json', { name: 'root', workspaces: ['libs/*'], dependencies: { left: '1.0.0' } });
    put('libs/one/package.json', { name: 'one' });
    mkdirSync(join(root, 'libs', 'without-manifest'));
    put('package-lock.json', {
      packages: { '': { dependencies: { left: '1.0.0' } }, 'libs/one': {}, 'node_modules/left': { version: '1.0.0' } },
    });
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test('are decided by the lock and by every workspace', () => {
    expect(manifestFiles(root)).toEqual(['package-lock.json', 'package.json', join('libs', 'one', 'package.json')]);
    const before = manifestHash(root);
    expect(manifestHash(root)).toBe(before);
    put('libs/one/package.json', { name: 'one', dependencies: { left: '2.0.0' } });
    expect(manifestHash(root)).not.toBe(before);
  });

  test('count as installed by hand only when lock, manifests and node_modules agree', () => {
    expect(installedByHand(root)).toBe(false);
    put('node_modules/.package-lock.json', { packages: { 'node_modules/left': { version: '1.0.0' } } });
    expect(installedByHand(root)).toBe(true);
    put('node_modules/.package-lock.json', { packages: { 'node_modules/left': { version: '0.9.0' } } });
    expect(installedByHand(root)).toBe(false);
    put('node_modules/.package-lock.json', { packages: { 'node_modules/left': { version: '1.0.0' } } });
    put('libs/one/package.json', { name: 'one', dependencies: { right: '1.0.0' } });
    expect(installedByHand(root)).toBe(false);
  });

  test('are installed by one of two processes that start together', async () => {
    const bin = join(root, 'bin');
    const calls = join(root, 'calls');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$1" >> '${calls}'\nsleep 0.3\n`);
    chmodSync(join(bin, 'npm'), 0o755);
    const codes = await Promise.all([runEnsure(root, bin), runEnsure(root, bin)]);
    expect(codes).toEqual([0, 0]);
    expect(readFileSync(calls, 'utf8')).toBe('ci\n');
    expect(packagesAreCurrent(root)).toBe(true);
  });

  test.each(['buf-darwin-arm64@', 'buf-darwin-arm64@1.75.0'])(
    'are installed by the lock all the same when the registry has other optional packages (%s)',
    async (missing) => {
      const bin = join(root, 'bin');
      const calls = join(root, 'calls');
      mkdirSync(bin);
      const refuse = `echo "npm error Missing: ${missing} from lock file" >&2; exit 1`;
      writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$1 $2" >> '${calls}'\nif [ "$1" = ci ]; then ${refuse}; fi\n`);
      chmodSync(join(bin, 'npm'), 0o755);
      expect(await runEnsure(root, bin)).toBe(0);
      expect(readFileSync(calls, 'utf8')).toBe('ci --no-audit\ninstall --no-save\n');
    },
  );

  test('are not installed by a lock that is out of date', () => {
    const missing = 'npm error Missing: a-darwin@1.0.0 from lock file';
    expect(onlyOptionalsDiffer(root, missing)).toBe(true);
    expect(onlyOptionalsDiffer(root, `${missing}\nnpm error Invalid: lock file's a@1.0.0 does not satisfy a@2`)).toBe(
      false,
    );
    expect(onlyOptionalsDiffer(root, 'npm error code E404')).toBe(false);
    put('libs/one/package.json', { name: 'one', dependencies: { right: '1.0.0' } });
    expect(onlyOptionalsDiffer(root, missing)).toBe(false);
  });

  test('fail with what npm said, and are tried again the next time', async () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "no such package" >&2\nexit 7\n');
    chmodSync(join(bin, 'npm'), 0o755);
    expect(await runEnsure(root, bin)).toBe(1);
    expect(packagesAreCurrent(root)).toBe(false);
    expect(existsSync(join(root, '.nx', 'meshery-setup.lock'))).toBe(false);
  });
});

function runEnsure(root: string, bin: string): Promise<number | null> {
  const script = `import(${JSON.stringify(PACKAGES)}).then((m) => m.ensurePackages(${JSON.stringify(root)}, () => {}))`;
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(process.execPath, ['-e', script], { env, stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', resolve));
}
