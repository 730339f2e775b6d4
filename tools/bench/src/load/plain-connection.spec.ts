import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PlainConnection } from './plain-connection.ts';

const bodies: Record<string, string> = { '/empty': '', '/small': 'x', '/large': 'ä'.repeat(300_000) };

test('tells the status when the whole answer is there, request after request, and 0 when the connection breaks', async () => {
  const server = createServer((request, response) => {
    const body = bodies[request.url ?? ''];
    if (request.url === '/cut') request.socket.destroy();
    else
      response.writeHead(body === undefined ? 404 : 200, { 'content-length': Buffer.byteLength(body ?? '') }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await PlainConnection.open(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  const get = (path: string): Promise<number> =>
    new Promise((resolve) => {
      connection.send(Buffer.from(`GET ${path} HTTP/1.1\r\nhost: test\r\n\r\n`), resolve);
    });
  for (const path of ['/large', '/empty', '/small', '/large']) expect(await get(path)).toBe(200);
  expect(await get('/absent')).toBe(404);
  expect(await get('/cut')).toBe(0);
  expect(await get('/small')).toBe(0);
  connection.close();
  server.close();
});
