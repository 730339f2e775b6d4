import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, systemClock } from '@meshery/observability';
import { openUserStore } from '@meshery/store';
import type { UserStore } from '@meshery/store';
import { EndedTokens } from './ended-tokens.ts';

/** Two servers on one database, each with what it remembers by itself. */

let folder: string;
let store: UserStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-ended-'));
  const logger = createLogger({ service: 'test', destination: { write: () => true } });
  store = await openUserStore({ dataDir: folder, logger });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const tokensOf = (provider: string): EndedTokens => new EndedTokens({ provider, store, clock: systemClock });

test('what one server ended is found by another one, of the same provider only', async () => {
  const [here, there, elsewhere] = [tokensOf('p'), tokensOf('p'), tokensOf('q')];
  await here.add(['a', 'b']);
  await here.add(['a']);
  expect([here.has('a'), here.has('c'), there.has('a')]).toEqual([true, false, false]);
  expect([await there.find('a'), await there.find('c'), await elsewhere.find('a')]).toEqual([true, false, false]);
  expect([there.has('a'), elsewhere.has('a')]).toEqual([true, false]);
});

test('more than are remembered are found all the same, and ids are kept as hashes', async () => {
  const here = tokensOf('many');
  const ids = Array.from({ length: 1001 }, (_, index) => `id-${String(index)}`);
  for (let at = 0; at < ids.length; at += 100) await here.add(ids.slice(at, at + 100));
  expect([here.has('id-0'), await here.find('id-0'), here.has('id-1000')]).toEqual([false, true, true]);
  const asId = { provider: 'many', tokenHash: 'id-0' };
  expect(await store.read((data) => data.endedSessions.has(asId))).toBe(false);
});
