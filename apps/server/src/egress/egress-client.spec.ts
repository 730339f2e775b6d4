import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EgressClient } from './egress-client.ts';
import type { ResolveName } from '@meshery/security/egress';

let far: Server;
let port: string;
let heard = 0;
beforeAll(async () => {
  far = createServer((request, response) => {
    heard += 1;
    if (request.url === '/slow') response.write('a');
    else if (request.url === '/large') response.end('x'.repeat(2 * 1024 * 1024));
    else if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' }).end('moved');
    else response.end(request.headers.authorization ?? 'none');
  });
  await new Promise<void>((resolve) => far.listen(0, resolve));
  port = String((far.address() as AddressInfo).port);
});
afterAll(() => {
  far.closeAllConnections();
  return new Promise((resolve) => far.close(resolve));
});
beforeEach(() => {
  heard = 0;
});

const { signal } = new AbortController();
const anywhere = new EgressClient({ allowsPrivate: true });
const outside = new EgressClient({ allowsPrivate: false });

test('an address that is allowed is called, with the headers that are given', async () => {
  const answer = await anywhere.get(`http://localhost:${port}/`, { signal, headers: { authorization: 'Bearer t' } });
  expect(answer).toEqual({ status: 200, text: 'Bearer t' });
});

test.each(['localhost', '127.0.0.1', '127.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]'])(
  '%s is this machine, however it is written, and refused before anything is sent',
  async (host) => {
    const url = `http://${host}:${port}/`;
    await expect(outside.get(url, { signal })).rejects.toMatchObject({ code: 'meshery-connection-1704' });
    await expect(outside.check(url)).rejects.toMatchObject({ code: 'meshery-connection-1704' });
    expect(heard).toBe(0);
  },
);

test('a redirect is an answer and not followed', async () => {
  expect(await anywhere.get(`http://localhost:${port}/moved`, { signal })).toEqual({ status: 302, text: 'moved' });
  expect(heard).toBe(1);
});

test('an answer without bounds is cut', async () => {
  const call = anywhere.get(`http://localhost:${port}/large`, { signal });
  await expect(call).rejects.toMatchObject({
    code: 'meshery-connection-1705',
    message: expect.stringContaining('1 MiB'),
  });
});

test('an answer that comes drop by drop is given up', async () => {
  await expect(anywhere.get(`http://localhost:${port}/slow`, { signal })).rejects.toMatchObject({
    code: 'meshery-connection-1705',
  });
}, 30_000);

test('a name that has no address says so', async () => {
  const url = 'http://no-such-name.invalid/';
  await expect(anywhere.check(url)).rejects.toMatchObject({ code: 'meshery-connection-1705' });
  await expect(anywhere.get(url, { signal })).rejects.toMatchObject({ code: 'meshery-connection-1705' });
});

test('a caller that leaves ends the call', async () => {
  await expect(anywhere.get(`http://localhost:${port}/`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'meshery-connection-1705',
  });
});

describe('a name that is answered differently every time', () => {
  /** Answers these addresses, one after the other. */
  function turning(...answers: string[]): { resolve: ResolveName; asked: string[] } {
    const asked: string[] = [];
    const resolve: ResolveName = (hostname, _options, callback) => {
      asked.push(hostname);
      callback(null, [{ address: answers[asked.length - 1] ?? '', family: 4 }]);
    };
    return { resolve, asked };
  }

  test('is asked once for a call, and what was looked at is what is dialled', async () => {
    const { resolve, asked } = turning('127.0.0.1', '192.0.2.1');
    const client = new EgressClient({ allowsPrivate: true }, resolve);
    expect((await client.get(`http://turns.example:${port}/`, { signal })).status).toBe(200);
    expect([asked, heard]).toEqual([['turns.example'], 1]);
  });

  test('gives one address that was looked at, for whoever dials by itself', async () => {
    const { resolve } = turning('192.0.2.1', '127.0.0.1');
    const client = new EgressClient({ allowsPrivate: false }, resolve);
    expect(await client.addressOf('turns.example')).toBe('192.0.2.1');
    await expect(client.addressOf('turns.example')).rejects.toMatchObject({ code: 'meshery-connection-1704' });
    expect(await client.addressOf('192.0.2.7')).toBe('192.0.2.7');
    await expect(client.addressOf('169.254.169.254')).rejects.toMatchObject({ code: 'meshery-connection-1704' });
  });

  test('is refused at the call although it was harmless when it was checked', async () => {
    const { resolve } = turning('192.0.2.1', '127.0.0.1', '169.254.169.254');
    const client = new EgressClient({ allowsPrivate: false }, resolve);
    const url = `http://turns.example:${port}/`;
    await client.check(url);
    for (let call = 0; call < 2; call += 1) {
      await expect(client.get(url, { signal })).rejects.toMatchObject({ code: 'meshery-connection-1704' });
    }
    expect(heard).toBe(0);
  });
});
