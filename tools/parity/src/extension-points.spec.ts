import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';

/** The page that names every point where something of others plugs in. */

interface Point {
  readonly name: string;
  readonly contract: string;
  readonly example: string;
  readonly loadedBy: string;
  readonly missing: string;
}

const folder = join(repositoryRoot, 'docs', 'reference');

function points(): readonly Point[] {
  const rows = readFileSync(join(folder, 'extension-points.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .slice(1)
    .filter(([, first = '']) => !first.startsWith('--'));
  return rows.map(([, name = '', contract = '', example = '', loadedBy = '', missing = '']) => {
    return { name: /^\[(.+)\]/.exec(name)?.[1] ?? name, contract, example, loadedBy, missing };
  });
}

const wanted = [
  ...['adapters', 'messaging', 'GraphQL', 'REST', 'gRPC', 'providers', 'UI plug-ins', 'load generators'],
  ...['models', 'authorization keys', 'build time'],
];

test('every point is there, with a contract, an example and what loads it, or says that all of it is missing', () => {
  const found = points();
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
  for (const { name, contract, example, loadedBy, missing } of found) {
    const isWhole = [contract, example, loadedBy].every((cell) => cell !== '');
    expect([name, isWhole || missing.startsWith('all of it')]).toEqual([name, true]);
  }
});

test('what the page leads to is there', () => {
  const cells = points().flatMap(({ contract, example, loadedBy }) => [contract, example, loadedBy]);
  const links = cells.flatMap((cell) => [...cell.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link));
  expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  const specs = cells.flatMap((cell) =>
    [...cell.matchAll(/`([\w./*-]+\.(?:spec\.ts|mjs))`/g)].map(([, name = '']) => name),
  );
  const places = (name: string): readonly string[] => {
    const patterns = name.includes('/') ? [name] : [`{apps,libs}/**/${name}`];
    return patterns.flatMap((pattern) => globSync(pattern, { cwd: repositoryRoot, exclude: ['**/node_modules'] }));
  };
  expect(specs.filter((name) => places(name).length === 0)).toEqual([]);
  expect(specs.length).toBeGreaterThan(10);
});
