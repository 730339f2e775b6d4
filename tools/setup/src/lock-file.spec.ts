import { readFileSync } from 'node:fs';

/** What the lock file says about where packages come from. */

const root = new URL('../../../', import.meta.url);

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}

const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const installed = Object.entries(packages).filter(([path, { link, inBundle }]) => {
  return path.includes('node_modules/') && link !== true && inBundle !== true;
});

test('every package comes from the public registry, and is what it was', () => {
  expect(installed.length).toBeGreaterThan(500);
  const odd = installed.filter(([, { version, resolved, integrity }]) => {
    const isElsewhere = resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/');
    return isElsewhere || version === undefined || !/^sha512-/.test(integrity ?? '');
  });
  expect(odd.map(([path]) => path)).toEqual([]);
});

test('no package runs a script when it is installed', () => {
  expect(readFileSync(new URL('.npmrc', root), 'utf8').split('\n')).toContain('ignore-scripts=true');
});
