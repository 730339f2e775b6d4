import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, waitUntil } from '@meshery/testing';
import { Remotes } from '../src/provider/remote/remote.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer, TestServerOptions } from './server-harness.ts';

/** The states of Meshery's own components, over restarts of the server and of what it uses. */

const path = '/api/system/components';

interface Component {
  readonly kind: string;
  readonly location: string;
  readonly version: string;
  readonly state: 'ready' | 'failing';
  readonly lastSeen: string | null;
  readonly lastError: { readonly code: string; readonly message: string; readonly at: string } | null;
}

let folder: string;
let providerPort: number;
let options: TestServerOptions;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-components-'));
  providerPort = await freePort();
  const kubeconfig = join(folder, 'config.yaml');
  await writeFile(kubeconfig, awayKubeconfig(await freePort()));
  options = { folder, argv: ['--kubeconfig', kubeconfig], env: { PROVIDER_BASE_URLS: providerUrl() } };
  server = await startTestServer(options);
}, 60_000);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a server whose cluster and provider are away starts, and says why they cannot be used', async () => {
  expect((await server.get('/healthz/ready')).status).toBe(200);
  const provider = await found('provider', ({ state }) => state === 'failing');
  expect(provider).toMatchObject({ location: providerUrl(), version: '', lastSeen: null });
  expect(provider.lastError).toMatchObject({ code: 'meshery-provider-2001' });
});

test('one that comes is ready under its version, and so it is after a restart while it is away again', async () => {
  const remote = await startProvider();
  await server.service.app.get(Remotes).all[0]?.listing.check();
  const ready = await found('provider', ({ state, version }) => state === 'ready' && version === 'v9.9.9');
  expect(ready.lastError).toMatchObject({ code: 'meshery-provider-2001' });
  remote.closeAllConnections();
  await new Promise((resolve) => remote.close(resolve));
  const seenBefore = Date.parse(ready.lastSeen ?? '');
  await server.stop();
  server = await startTestServer(options);
  const failing = await found('provider', ({ state }) => state === 'failing');
  expect(failing.version).toBe('v9.9.9');
  expect(Date.parse(failing.lastSeen ?? '')).toBeGreaterThanOrEqual(seenBefore);
  expect(Date.parse(failing.lastError?.at ?? '')).toBeGreaterThan(Date.parse(failing.lastSeen ?? ''));
}, 60_000);

test('lists are narrowed, paged and for administrators; what is no kind or state is refused', async () => {
  const owner = Caller.owner(server);
  expect((await list(`${path}?kind=provider&state=ready`)).map(({ kind }) => kind)).toEqual([]);
  expect((await list(`${path}?kind=provider&state=failing`)).map(({ kind }) => kind)).toEqual(['provider']);
  expect((await owner.get(`${path}?pagesize=1&page=0`)).body).toMatchObject({ page: 0, pageSize: 1, page_size: 1 });
  for (const hostile of ['kind=everything', 'state=away', 'page=-1', 'order=version']) {
    expect((await owner.get(`${path}?${hostile}`)).body).toMatchObject({ code: 'meshery-core-1001' });
  }
  const viewer = await Caller.signUp(server, 'viewer', 'viewer');
  expect((await viewer.get(path)).status).toBe(403);
});

function providerUrl(): string {
  return `http://127.0.0.1:${String(providerPort)}`;
}

async function list(from: string): Promise<readonly Component[]> {
  return ((await (await server.get(from)).json()) as { components: readonly Component[] }).components;
}

function found(kind: string, isIt: (component: Component) => boolean): Promise<Component> {
  const explain = async (): Promise<string> => JSON.stringify(await list(`${path}?pagesize=100`));
  return waitUntil({ what: `the ${kind}`, timeoutMs: 60_000, explain }, async () =>
    (await list(`${path}?kind=${kind}`)).find(isIt),
  );
}

/** A provider that says what it can. */
async function startProvider(): Promise<Server> {
  const remote = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ providerName: 'There', packageVersion: 'v9.9.9' }));
  });
  await new Promise<void>((resolve) => remote.listen(providerPort, '127.0.0.1', resolve));
  return remote;
}

function awayKubeconfig(port: number): string {
  return JSON.stringify({
    clusters: [{ name: 'away', cluster: { server: `http://127.0.0.1:${String(port)}` } }],
    users: [{ name: 'away', user: { token: 'none' } }],
    contexts: [{ name: 'away', context: { cluster: 'away', user: 'away' } }],
    'current-context': 'away',
  });
}
