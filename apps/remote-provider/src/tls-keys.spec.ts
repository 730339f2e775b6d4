import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTlsKeys } from './tls-keys.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-provider-'));
  file = join(folder, 'tls.pem');
  await writeFile(file, 'pem');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('there is TLS with both files, and none without any', async () => {
  expect(await readTlsKeys({ tlsCert: file, tlsKey: file })).toEqual({ cert: 'pem', key: 'pem' });
  expect(await readTlsKeys({})).toBeUndefined();
});

test.each([
  ['a certificate alone', () => ({ tlsCert: file })],
  ['a key alone', () => ({ tlsKey: file })],
  ['a file that is not there', () => ({ tlsCert: file, tlsKey: `${file}.not` })],
])('%s is refused with a remedy', async (_what, files) => {
  await expect(readTlsKeys(files())).rejects.toMatchObject({
    code: 'meshery-config-1100',
    remedy: expect.stringContaining('--tls-key') as string,
  });
});
