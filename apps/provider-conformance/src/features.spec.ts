import { readFile } from 'node:fs/promises';
import { expectations } from './expectations.ts';
import { checksOf, features } from './features.ts';

test('each of the thirty features has a check, and the guide says what it is', async () => {
  const names = Object.keys(features);
  expect(names).toHaveLength(30);
  const guide = await readFile(new URL('../../../docs/guides/remote-provider.md', import.meta.url), 'utf8');
  const table = guide.slice(guide.indexOf('## Features'));
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  expect(names.filter((name) => checksOf(name).length === 0)).toEqual([]);
  expect(names.flatMap(checksOf).filter((id) => expectations[id]?.expected === 'undefined')).toEqual([]);
});

test('records that stay as they are have no check of a change, and only workspaces hold others', () => {
  expect(checksOf('persist-results')).not.toContain('persist-results.update');
  expect(checksOf('environments')).toContain('environments.update');
  expect(Object.keys(features).filter((name) => checksOf(name).includes(`${name}.assign`))).toEqual(['workspaces']);
});
