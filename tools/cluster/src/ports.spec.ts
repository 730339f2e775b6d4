import { createServer } from 'node:net';
import { allocatePorts, choosePorts, isFree } from './ports.ts';

describe('the ports of a cluster', () => {
  test('are different, free and not those of another cluster', async () => {
    const first = Object.values(await allocatePorts(new Set()));
    expect(new Set(first).size).toBe(5);
    expect(first.every((port) => port >= 20_000 && port < 30_000)).toBe(true);
    const others = new Set(Array.from({ length: 9_990 }, (_, index) => 20_000 + index));
    const chosen = await choosePorts(3, others, () => Promise.resolve(true)).catch((error: unknown) => error);
    if (Array.isArray(chosen)) expect(chosen.every((port: number) => port >= 29_990)).toBe(true);
    else expect(chosen).toHaveProperty('remedy');
  });

  test('that somebody listens on are not free', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    expect(await isFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });

  test('that cannot be had end in an error that says what to do', async () => {
    await expect(choosePorts(1, new Set(), () => Promise.resolve(false))).rejects.toMatchObject({
      remedy: expect.stringContaining('status'),
    });
  });
});
