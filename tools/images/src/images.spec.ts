import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { hashOf } from './build-images.ts';
import { dependencyFolders, packageFolder } from './bundled-packages.ts';
import { parseOwners, parsePackages } from './debian-origin.ts';
import { memorySettings } from './memory-settings.ts';
import { serverSettings } from './recipes.ts';
import { cycloneDx, requiredModules } from './sbom.ts';
import { parseLdd } from './shared-libraries.ts';

test('the libraries of a program are the files that ldd names, and its loader', () => {
  const output = `\tlinux-vdso.so.1 (0x00007f)
\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)
\tlibgone.so => not found
\t/lib64/ld-linux-x86-64.so.2 (0x00007f)
`;
  expect(parseLdd(output)).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  expect(parseLdd('\tnot a dynamic executable\n')).toEqual([]);
});

describe('the hash of an image', () => {
  const file = { path: 'a', content: Buffer.from('x') };
  const spec = { name: 'n', files: [file], entrypoint: ['/a'] };

  test('is the same for the same content and another for any change', () => {
    const others = [
      { ...spec, name: 'm' },
      { ...spec, user: '1' },
      { ...spec, files: [{ ...file, mode: 0o755 }] },
      { ...spec, files: [{ ...file, path: 'b' }] },
      { ...spec, files: [{ ...file, content: Buffer.from('y') }] },
      { ...spec, files: [], base: [[file]] },
    ];
    expect(hashOf({ ...spec })).toBe(hashOf(spec));
    expect(new Set([spec, ...others].map(hashOf)).size).toBe(others.length + 1);
  });
});

describe('the packages of a bundle', () => {
  test.each([
    ['node_modules/pino/lib/a.js', 'node_modules/pino'],
    ['node_modules/@nestjs/core/index.js', 'node_modules/@nestjs/core'],
    ['node_modules/a/node_modules/b/i.js', 'node_modules/a/node_modules/b'],
    ['libs/store/src/index.ts', undefined],
  ])('%s is of %s', (file, folder) => {
    expect(packageFolder(file)).toBe(folder);
  });

  test('are found from the lock file as Node finds them, cycles and links included', () => {
    const lock = {
      'apps/x': { dependencies: { a: '1', ours: '*' } },
      'node_modules/ours': { link: true, resolved: 'libs/ours' },
      'libs/ours': { dependencies: { c: '1' } },
      'node_modules/a': { dependencies: { b: '2' } },
      'node_modules/a/node_modules/b': { dependencies: { a: '1' } },
      'node_modules/b': {},
      'node_modules/c': {},
    };
    const folders = ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'];
    expect(dependencyFolders(lock, 'apps/x')).toEqual(folders);
  });
});

test('a bill of materials names packages, modules and files with their hashes', () => {
  const integrity = `sha512-${Buffer.from('digest').toString('base64')}`;
  const text = cycloneDx({
    name: 'image',
    version: '1',
    hash: '0123456789abcdef'.repeat(4),
    packages: [{ name: '@a/b', version: '2.0.0', license: 'MIT', integrity }],
    modules: requiredModules('module x.io/y\n\nrequire (\n\texample.com/m v1.2.3 // indirect\n)\n'),
    files: [{ name: '/lib/libm.so.6', content: Buffer.from('') }],
  });
  const bill = JSON.parse(text) as { serialNumber: string; components: Record<string, unknown>[] };
  expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(bill.components).toMatchObject([
    {
      purl: 'pkg:npm/%40a/b@2.0.0',
      licenses: [{ expression: 'MIT' }],
      hashes: [{ alg: 'SHA-512', content: Buffer.from('digest').toString('hex') }],
    },
    { purl: 'pkg:golang/example.com/m@v1.2.3' },
    { type: 'file', name: '/lib/libm.so.6', hashes: [{ alg: 'SHA-256' }] },
  ]);
});

test('libraries are traced to the packages of the distribution', () => {
  const owners = parseOwners(
    'libc6:amd64: /lib/x86_64-linux-gnu/libm.so.6\ndpkg-query: no path found matching pattern x\n',
  );
  expect([...owners]).toEqual([['/lib/x86_64-linux-gnu/libm.so.6', 'libc6:amd64']]);
  const packages = parsePackages('libstdc++6:amd64\tlibstdc++6\t12.2.0-14\tamd64\n', 'debian');
  expect(packages.get('libstdc++6:amd64')?.purl).toBe('pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64');
});

test.each(Object.entries(memorySettings))(
  'the Dockerfile of %s has the memory settings of its program',
  (name, settings) => {
    const text = readFileSync(join(repositoryRoot, 'deploy', 'images', `${name}.Dockerfile`), 'utf8');
    const found = [...text.matchAll(/^\s+(MALLOC_\w+|NODE_OPTIONS)=(\S+)/gm)].map(([, key, value]) => [key, value]);
    expect(Object.fromEntries(found)).toEqual(settings);
  },
);

test('a container of the server is in operator mode, whichever way its image was made', () => {
  const text = readFileSync(join(repositoryRoot, 'deploy', 'images', 'server.Dockerfile'), 'utf8');
  expect(serverSettings).toContain('MESHERY_MESHSYNC_MODE=operator');
  for (const setting of serverSettings) expect(text).toContain(` ${setting}`);
});
