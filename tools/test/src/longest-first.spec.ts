import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import LongestFirst from './longest-first.ts';

test('what takes long comes first: the few that are known for it, then by size', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meshery-order-'));
  const [small, large] = [join(folder, 'small.ts'), join(folder, 'large.ts')];
  writeFileSync(small, 'x');
  writeFileSync(large, 'x'.repeat(100_000));
  const known = join(repositoryRoot, 'e2e', 'upgrades', 'upgrades.e2e-spec.ts');
  const sorted = new LongestFirst().sort([small, known, large].map((path) => ({ path })));
  expect(sorted.map(({ path }) => path)).toEqual([known, large, small]);
  rmSync(folder, { recursive: true });
});
