import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Levels of the log, module by module, of a server that runs. */

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
}, 60_000);
afterAll(() => server.stop());
afterEach(() => owner.put(path, { level: 'info' }));

const path = '/api/system/log-levels';

/** How many lines of a request there are, told by an id of its own. */
async function linesOfRequest(requestId: string): Promise<number> {
  await (await server.get('/api/system/version', { headers: { 'x-request-id': requestId } })).text();
  // The line of a request comes after its answer; that of the one before is there when the next is answered.
  await owner.get('/api/system/version');
  return server.lines.filter((line) => line.includes(requestId)).length;
}

test('a debug line of a module appears and disappears while the server runs', async () => {
  expect(await linesOfRequest('request-before')).toBe(0);
  const modules = { http: 'debug' };
  expect(await owner.put(path, { level: 'info', modules })).toMatchObject({ status: 200, body: { modules } });
  expect(await linesOfRequest('request-during')).toBe(1);
  await owner.put(path, { level: 'info', modules: { ingest: 'debug' } });
  expect(await linesOfRequest('request-after')).toBe(0);
});

test('GET answers what holds, the modules that there are, and that nothing of it is kept', async () => {
  await owner.put(path, { level: 'warn', modules: { discovery: 'trace' } });
  const knownModules = expect.arrayContaining(['connections', 'discovery', 'http', 'ingest', 'store']) as unknown;
  const lasts = 'until this process ends';
  expect((await owner.get(path)).body).toEqual({ level: 'warn', modules: { discovery: 'trace' }, knownModules, lasts });
  await owner.put('/api/system/log-level', { level: 'error' });
  expect((await owner.get(path)).body).toMatchObject({ level: 'error', modules: { discovery: 'trace' } });
});

test.each([
  ['an unknown module', { level: 'debug', modules: { nothing: 'debug' } }, 'discovery'],
  ['a name of every object', { level: 'debug', modules: { constructor: 'debug' } }, 'discovery'],
  ['an unknown level', { level: 'debug', modules: { http: 'loud' } }, 'silent'],
  ['no level', { modules: {} }, 'silent'],
  ['a field more', { level: 'debug', kept: true }, 'silent'],
  ['a list', ['debug'], 'silent'],
])('%s is refused with the names that there are, and changes nothing', async (_, body, named) => {
  const answer = await owner.put(path, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'meshery-core-1001' } });
  expect(JSON.stringify(answer.body)).toContain(named);
  expect((await owner.get(path)).body).toMatchObject({ level: 'info', modules: {} });
});

test.each(['viewer', 'editor'] as const)('they are nothing for a %s', async (role) => {
  const caller = await Caller.signUp(server, role, role);
  expect((await caller.get(path)).status).toBe(403);
  expect((await caller.put(path, { level: 'debug' })).status).toBe(403);
});
