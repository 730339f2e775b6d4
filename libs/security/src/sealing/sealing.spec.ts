import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MesheryError } from '@meshery/errors';
import { loadMasterKeys, masterKeyFile } from './master-keys.ts';
import { Sealer } from './sealer.ts';
import type { SealedPlace } from './sealer.ts';

const place: SealedPlace = { organizationId: 'org-1', table: 'credentials', recordId: 'rec-1' };
const canary = 'canary-7f3a9b';

let folder: string;
let file: string;
let sealer: Sealer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-sealing-'));
  file = masterKeyFile(folder);
  sealer = new Sealer(await loadMasterKeys(file));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function failure(work: Promise<unknown>): Promise<MesheryError> {
  return work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error as MesheryError,
  );
}

const seal = async (by = sealer): Promise<string> => (await by.begin())(canary, place);

test('what is sealed opens where it was sealed, after a new start too', async () => {
  const sealed = await seal();
  expect(await sealer.open(sealed, place)).toBe(canary);
  expect(await new Sealer(await loadMasterKeys(file)).open(sealed, place)).toBe(canary);
});

test('a seal shows nothing of the text, and two seals of one text have nothing in common', async () => {
  const [one, two] = [await seal(), await seal()];
  expect(Buffer.from(one, 'utf8').includes(canary)).toBe(false);
  expect(
    one
      .split('.')
      .slice(2)
      .filter((part) => two.includes(part)),
  ).toEqual([]);
});

test.each([
  ['another organization', { organizationId: 'org-2' }],
  ['another table', { table: 'tokens' }],
  ['another record', { recordId: 'rec-2' }],
])('moved to %s it does not open', async (_where, other) => {
  const error = await failure(sealer.open(await seal(), { ...place, ...other }));
  expect(error.code).toBe('meshery-connection-1703');
  expect(JSON.stringify([error.message, error.remedy, error.details])).not.toContain(canary);
});

test('a byte that was changed anywhere is noticed', async () => {
  const parts = (await seal()).split('.');
  for (const part of [2, 3]) {
    const bytes = Buffer.from(parts[part] ?? '', 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const sealed = parts.with(part, changed.toString('base64url')).join('.');
      expect((await failure(sealer.open(sealed, place))).code).toBe('meshery-connection-1703');
    }
  }
});

test('an older version opens what it sealed, and a version that was swapped does not open', async () => {
  const old = await seal();
  const { keys } = JSON.parse(await readFile(file, 'utf8')) as { keys: Record<string, string> };
  keys['2'] = keys['1'] ?? '';
  await writeFile(file, JSON.stringify({ current: '2', keys }));
  const renewed = new Sealer(await loadMasterKeys(file));
  expect(await renewed.open(old, place)).toBe(canary);
  expect(await seal(renewed)).toMatch(/^s1\.2\./);
  expect((await failure(renewed.open(old.replace(/^s1\.1\./, 's1.2.'), place))).code).toBe('meshery-connection-1703');
});

test('another master key opens nothing', async () => {
  const sealed = await seal();
  await rm(file);
  const other = new Sealer(await loadMasterKeys(file));
  expect((await failure(other.open(sealed, place))).remedy).toContain('keys/master.json');
});

test('the key file is for its owner alone, and one that others can read is refused', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await chmod(file, 0o644);
  await expect(loadMasterKeys(file)).rejects.toMatchObject({
    code: 'meshery-config-1102',
    remedy: `Run: chmod 600 ${file}`,
  });
});

test.each(['', '{}', '{"current":"1","keys":{"1":"c2hvcnQ="}}', '{"current":"2","keys":{}}', `${canary} is not JSON`])(
  'a damaged key file is refused and not quoted: %s',
  async (text) => {
    await writeFile(file, text, { mode: 0o600 });
    const error = await loadMasterKeys(file).then(
      () => undefined,
      (thrown: unknown) => thrown as MesheryError,
    );
    expect(error?.code).toBe('meshery-config-1102');
    expect(`${error?.message ?? ''} ${String(error?.cause)}`).not.toContain(canary.slice(0, 8));
  },
);
