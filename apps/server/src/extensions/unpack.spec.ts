import { gzipSync } from 'node:zlib';
import { unpacked } from './unpack.ts';

test('what is not packed is as it is, what is packed is unpacked', async () => {
  const content = Buffer.from('content');
  expect(await unpacked(content)).toBe(content);
  expect(await unpacked(gzipSync(content))).toEqual(content);
});

test('a few bytes that become more than 64 MiB are refused', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(100_000);
  await expect(unpacked(bomb)).rejects.toMatchObject({ code: 'meshery-core-1001' });
  await expect(unpacked(bomb.subarray(0, 1000))).rejects.toMatchObject({ code: 'meshery-core-1001' });
});
