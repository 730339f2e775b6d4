import { connect } from 'node:net';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Caller } from './caller.ts';
import { rawRequest } from './raw-request.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Requests that no well-behaved client sends, byte by byte. */

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
}, 60_000);
afterAll(() => server.stop());

/** Everything that is answered to these bytes until the server ends the connection. */
function exchange(bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(server.service.port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (heard += piece));
  socket.on('error', reject).on('close', () => {
    resolve(heard);
  });
  socket.write(bytes);
  return promise;
}

const statuses = (answers: string): readonly string[] =>
  [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status = '']) => status);

const hidden = 'GET /api/system/clusters HTTP/1.1\r\nHost: localhost\r\n\r\n';

test.each([
  ['two lengths', `Content-Length: 0\r\nContent-Length: ${String(hidden.length)}`, hidden],
  ['a length and chunks', `Content-Length: 5\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${hidden}`],
  ['chunks that are disguised', 'Transfer-Encoding: xchunked', `0\r\n\r\n${hidden}`],
  ['chunks under a name with a space', `Transfer-Encoding : chunked`, `0\r\n\r\n${hidden}`],
  ['a line that goes on', `X-A: b\r\n c: d\r\nContent-Length: x`, hidden],
])('a request with %s is refused, and what hides behind it is not answered', async (_what, header, rest) => {
  const answers = await exchange(`POST /api/environments HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n${rest}`);
  expect(statuses(answers)).toEqual(['400']);
});

test('headers of a megabyte are refused', async () => {
  const answers = await exchange(`GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(1_000_000)}\r\n\r\n`).catch(
    // A server that closes while it is still written to resets the connection.
    () => 'HTTP/1.1 431',
  );
  expect(statuses(answers)).toEqual(['431']);
});

test('no header makes another method of a request, and TRACE repeats nothing', async () => {
  const { body } = await owner.post('/api/environments', { name: 'kept', organizationId: owner.organizationId });
  const path = `/api/environments/${(body as { id: string }).id}`;
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
    await rawRequest(server.url, {
      method: 'GET',
      path: `${path}?_method=DELETE`,
      headers: { ...owner.headers, [name]: 'DELETE' },
    });
  expect((await owner.get(path)).status).toBe(200);
  const traced = await rawRequest(server.url, {
    method: 'TRACE',
    path,
    headers: { ...owner.headers, 'x-a': 'repeated' },
  });
  expect([traced.status, traced.text.includes('repeated')]).toEqual([405, false]);
});

test('somebody who sends slowly is given up', () => {
  const { server: http } = server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
  expect(http.headersTimeout).toBeLessThanOrEqual(60_000);
  expect(http.headersTimeout).toBeGreaterThan(0);
  expect(http.requestTimeout).toBeLessThanOrEqual(60_000);
  expect(http.requestTimeout).toBeGreaterThan(0);
});

test('what is sent forges no line of the log, and no colour of a terminal', async () => {
  expect((await owner.put('/api/system/log-level', { level: 'debug' })).status).toBe(200);
  const before = server.lines.length;
  const forged = '%0a%1b[31m{"level":"fatal","msg":"forged"}%0d';
  for (const path of [`/api/${forged}`, `/auth/local?code=${forged}`, `/api/environments/${forged}`]) {
    const headers = { ...owner.headers, 'x-request-id': 'a b\tc', 'user-agent': 'a"b\\c' };
    await rawRequest(server.url, { method: 'GET', path, headers });
  }
  const name = '\u001b[31m\n{"level":"fatal","msg":"forged"}';
  await owner.post('/api/environments', { name, organizationId: owner.organizationId });
  const lines = server.lines
    .slice(before)
    .join('')
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(0);
  const forgeries = lines.filter(
    (line) => line.includes('\u001b') || (JSON.parse(line) as { msg: string }).msg === 'forged',
  );
  expect(forgeries).toEqual([]);
});

test('what a client must not decide is decided by the server', async () => {
  const stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
  const taken = { id: stranger.id, owner: stranger.id, userId: stranger.id, role: 'admin', roles: ['admin'] };
  const times = { createdAt: '2000-01-01T00:00:00Z', updatedAt: '2000-01-01T00:00:00Z', deletedAt: null };
  const mine = { organizationId: owner.organizationId, name: 'mine', isBuiltIn: true, ...taken, ...times };
  const made: readonly (readonly [string, object])[] = [
    ['/api/environments', {}],
    ['/api/workspaces', {}],
    ['/api/identity/teams', {}],
    ['/api/content/views', { visibility: 'private' }],
    ['/api/integrations/credentials', { type: 'grafana', secret: { a: 'b' } }],
    ['/api/integrations/connections', { kind: 'grafana', status: 'discovered' }],
    ['/api/auth/keychains', {}],
  ];
  for (const [path, fields] of made) {
    const { status, body } = await owner.post(path, { ...mine, ...fields });
    expect([path, status]).toEqual([path, 201]);
    const { id, owner: owns = owner.id, createdAt } = body as Record<string, string | undefined>;
    expect([path, id === stranger.id, owns, createdAt?.startsWith('2000')]).toEqual([path, false, owner.id, false]);
    expect((await stranger.get(`${path}/${id ?? ''}`)).status).toBe(404);
    const foreign = await owner.post(path, { ...mine, ...fields, organizationId: stranger.organizationId });
    expect([path, foreign.status]).toEqual([path, 404]);
  }
});
