import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@meshery/testing';
import { Caller } from './caller.ts';
import { ScriptedAdapter } from './scripted-adapter.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Adapters in use: tested all the time, and over restarts of either side. */

const pollMs = 100;

let folder: string;
let server: TestServer;
let owner: Caller;
let one: ScriptedAdapter;
let other: ScriptedAdapter;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-adapters-'));
  one = await ScriptedAdapter.start();
  other = await ScriptedAdapter.start();
  await start(`${one.location} ${other.location}`);
}, 60_000);
afterAll(async () => {
  await server.stop();
  one.stop();
  other.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The same data folder under a server with these adapters in its configuration. */
async function start(adapters: string, ms = pollMs): Promise<void> {
  const env = { ADAPTER_URLS: adapters, MESHERY_ADAPTERS_POLL_MS: String(ms) };
  server = await startTestServer({ folder, env });
  owner = Caller.owner(server);
}

interface Row {
  readonly id: string;
  readonly url: string;
  readonly status: string;
  readonly metadata: {
    readonly name?: string;
    readonly health?: { readonly state: string; readonly since: string; readonly error?: { readonly code: string } };
  };
}

const connections = '/api/integrations/connections';

async function rowOf({ location }: ScriptedAdapter): Promise<Row | undefined> {
  const { body } = await owner.get(`${connections}?kind=adapter&pagesize=all`);
  return (body as { connections: Row[] }).connections.find(({ url }) => url === `http://${location}`);
}

function found(adapter: ScriptedAdapter, state: string): Promise<Row> {
  return waitUntil({ what: `an adapter that is ${state}`, timeoutMs: 60_000 }, async () => {
    const row = await rowOf(adapter);
    return row?.metadata.health?.state === state ? row : undefined;
  });
}

interface Component {
  readonly location: string;
  readonly state: string;
  readonly version: string;
  readonly lastSeen: string | null;
  readonly lastError: object | null;
}

/** An adapter among Meshery's own components. */
function component({ location }: ScriptedAdapter, state: string): Promise<Component> {
  return waitUntil({ what: `a component that is ${state}`, timeoutMs: 60_000 }, async () => {
    const { body } = await owner.get('/api/system/components?kind=adapter&pagesize=all');
    const known = (body as { components: readonly Component[] }).components.find((each) => each.location === location);
    return known?.state === state ? known : undefined;
  });
}

test('the server tests a connected adapter every 10 s unless told otherwise', async () => {
  const { readConfig } = await import('../src/config.ts');
  const read = readConfig({ argv: [], env: { HOME: folder } });
  expect(read.kind === 'config' && read.config.adaptersPollMs).toBe(10_000);
});

test('the server tests each connected adapter all the time, without being asked', async () => {
  for (const adapter of [one, other]) {
    await waitUntil({ what: 'three tests', timeoutMs: 60_000 }, () => adapter.times('SupportedOperations') >= 3);
  }
  expect((await found(one, 'reachable')).metadata.name).toBe('ISTIO');
});

test('one that goes away is found unreachable with the time, and found again when it comes back; the other is tested on', async () => {
  const { since } = (await found(one, 'reachable')).metadata.health ?? {};
  one.stop();
  const gone = await found(one, 'unreachable');
  expect(gone).toMatchObject({
    status: 'connected',
    metadata: { health: { error: { code: 'meshery-connection-1705' } } },
  });
  expect(Date.parse(gone.metadata.health?.since ?? '')).toBeGreaterThan(Date.parse(since ?? ''));
  const tests = other.times('SupportedOperations');
  await waitUntil({ what: 'two more tests', timeoutMs: 60_000 }, () => other.times('SupportedOperations') >= tests + 2);
  await one.listen();
  const back = await found(one, 'reachable');
  expect(back.metadata.health).not.toHaveProperty('error');
  await waitUntil({ what: 'a listener of its events', timeoutMs: 60_000 }, () => one.listeners === 1);
});

test('what is known of one is kept with that of the other own components, and outlives a restart', async () => {
  const ready = await component(one, 'ready');
  expect(ready).toMatchObject({ version: 'v0.9.1', lastSeen: expect.stringMatching(/^20/) });
  one.stop();
  const failing = await component(one, 'failing');
  expect(failing).toMatchObject({ version: 'v0.9.1', lastError: { code: 'meshery-connection-1705' } });
  await server.stop();
  await start(`${one.location} ${other.location}`, 3_600_000);
  // Until the server stopped it was tried again, and so the error may be a newer one.
  expect(await component(one, 'failing')).toMatchObject({
    ...{ version: 'v0.9.1', lastSeen: failing.lastSeen, lastError: { code: 'meshery-connection-1705' } },
  });
  await one.listen();
  await owner.get(`/api/system/adapters?adapter=${one.location}`);
  await server.stop();
  await start(`${one.location} ${other.location}`);
  await component(one, 'ready');
});

test('one that hangs is unreachable as well, and its stream of events is given up', async () => {
  await waitUntil({ what: 'a listener of its events', timeoutMs: 60_000 }, () => one.listeners === 1);
  one.mood = 'hangs';
  const row = await found(one, 'unreachable');
  expect(JSON.stringify(row.metadata.health)).toContain('no answer within 3 s');
  await waitUntil({ what: 'the end of the stream', timeoutMs: 60_000 }, () => one.listeners === 0);
  one.mood = 'answers';
  await found(one, 'reachable');
});

test('an adapter that is pointed elsewhere is tested there', async () => {
  const third = await ScriptedAdapter.start();
  await owner.post('/api/system/adapter/manage', { meshLocationURL: third.location });
  const { id = '' } = (await rowOf(third)) ?? {};
  const fourth = await ScriptedAdapter.start();
  await owner.put(`${connections}/${id}`, { url: `http://${fourth.location}` });
  await waitUntil({ what: 'a test', timeoutMs: 60_000 }, () => fourth.times('SupportedOperations') > 0);
  const calls = third.heard.length;
  await waitUntil({ what: 'two more tests', timeoutMs: 60_000 }, () => fourth.times('SupportedOperations') > 2);
  expect(third.heard).toHaveLength(calls);
  await owner.delete(`${connections}/${id}`);
  const [before] = [fourth.heard.length];
  const tests = one.times('SupportedOperations');
  await waitUntil({ what: 'two more tests', timeoutMs: 60_000 }, () => one.times('SupportedOperations') >= tests + 2);
  expect(fourth.heard).toHaveLength(before);
  third.stop();
  fourth.stop();
});

test('after a restart what a user disconnected stays so, and what the configuration leaves out is disconnected', async () => {
  const { id = '' } = (await rowOf(one)) ?? {};
  await owner.put(`${connections}/${id}`, { status: 'disconnected' });
  await server.stop();
  const calls = [one.heard.length, other.heard.length];
  await start(one.location);
  await waitUntil(
    { what: 'the other is let go', timeoutMs: 60_000 },
    async () => (await rowOf(other))?.status === 'disconnected',
  );
  expect((await rowOf(one))?.status).toBe('disconnected');
  await server.stop();
  expect([one.heard.length, other.heard.length]).toEqual(calls);
  await start(other.location, 3_600_000);
  await waitUntil(
    { what: 'the other is back', timeoutMs: 60_000 },
    async () => (await rowOf(other))?.status === 'connected',
  );
  expect((await rowOf(other))?.metadata).toMatchObject({ name: 'ISTIO', health: { state: 'reachable' } });
});

test('where private networks are not for users, the adapters of the configuration are reached all the same', async () => {
  await server.stop();
  const env = { ADAPTER_URLS: other.location, MESHERY_EGRESS_PRIVATE: 'false', MESHERY_ADAPTERS_POLL_MS: '3600000' };
  server = await startTestServer({ folder, env });
  owner = Caller.owner(server);
  const calls = one.heard.length;
  const added = await owner.post('/api/system/adapter/manage', { meshLocationURL: one.location });
  expect([added.status, (added.body as { code: string }).code]).toEqual([400, 'meshery-connection-1704']);
  expect(one.heard).toHaveLength(calls);
  expect((await owner.get('/api/system/adapters')).body).toMatchObject([
    { adapter_location: other.location, name: 'ISTIO' },
  ]);
});
