import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../../setup/src/binaries.ts';
import { buildCommit } from './commit-images.ts';

test('a commit that the clone does not have is refused with the command that gets it, and nothing is left', async () => {
  const commit = '0'.repeat(39).concat('1');
  await expect(buildCommit(commit)).rejects.toMatchObject({
    message: expect.stringContaining(`commit ${commit} is not in this clone`) as unknown,
    remedy: expect.stringContaining('git fetch --unshallow') as unknown,
  });
  const home = join(cacheRoot(), 'commits', commit);
  expect([home, `${home}.new`, `${home}.checkout`].filter((path) => existsSync(path))).toEqual([]);
});
