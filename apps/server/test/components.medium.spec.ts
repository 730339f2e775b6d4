import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, waitUntil } from '@meshery/testing';
import { ComponentStates, componentKinds } from '../src/components/component-states.ts';
import { firstOrganizationId } from '../src/provider/local/first-records.ts';
import type { NewConnection } from '../src/provider/connections-port.ts';
import { Providers } from '../src/provider/providers.ts';
import { Remotes } from '../src/provider/remote/remote.ts';
import { Caller } from './caller.ts';
import { ScriptedAdapter } from './scripted-adapter.ts';
import { userContext } from './served-agent.ts';
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
});

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
});

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

describe('with every kind of them away at once', () => {
  const connections = '/api/integrations/connections';
  const earlier = { version: 'v1.2.3', clusterId: 'u-away' };
  let home: string;
  let adapterPort: number;
  let ids: Readonly<Record<string, string>>;
  let alone: TestServer;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'meshery-away-'));
    adapterPort = await freePort();
    alone = await startTestServer({ folder: home });
    ids = await connectAll(alone, { kubeconfig: awayKubeconfig(await freePort()), adapterPort });
    for (const kind of componentKinds) alone.service.app.get(ComponentStates).seen(kind, locationOf(kind), earlier);
    await alone.stop();
    const kubeconfig = join(home, 'config.yaml');
    await writeFile(kubeconfig, awayKubeconfig(await freePort()));
    const env = { PROVIDER_BASE_URLS: providerUrl(), ADAPTER_URLS: locationOf('adapter') };
    alone = await startTestServer({ folder: home, argv: ['--kubeconfig', kubeconfig], env });
  });
  afterAll(async () => {
    await alone.stop();
    await rm(home, { recursive: true, force: true });
  });

  test('a server starts, knows what was known of each, and says at the first use what is wrong', async () => {
    expect((await alone.get('/healthz/ready')).status).toBe(200);
    const { body } = await Caller.owner(alone).get(`${path}?pagesize=100`);
    const known = (body as { components: readonly Component[] }).components.filter(
      ({ kind, location }) => location === locationOf(kind),
    );
    expect(known.map(({ kind }) => kind).toSorted()).toEqual([...componentKinds]);
    for (const { lastSeen, version } of known)
      expect([version, lastSeen]).toEqual([earlier.version, expect.anything()]);
    for (const [kind, id] of Object.entries(ids)) {
      const answer = await Caller.owner(alone).post(`${connections}/${id}/ping`);
      expect([kind, answer.status, (answer.body as { code?: string }).code]).toEqual([
        kind,
        500,
        expect.stringMatching(/^meshery-connection-17/),
      ]);
    }
    for (const kind of ['adapter', 'provider']) {
      await found(kind, ({ state, lastError }) => state === 'failing' && lastError !== null, alone);
    }
    await waitUntil({ what: 'the cluster to be named', timeoutMs: 60_000 }, async () =>
      JSON.stringify((await Caller.owner(alone).get('/api/system/clusters')).body).includes('"unreachable"'),
    );
  });

  test('one that comes is dialled at its next use, by the server that started without it', async () => {
    const adapter = await ScriptedAdapter.start(adapterPort);
    try {
      const answer = await Caller.owner(alone).post(`${connections}/${ids['adapter'] ?? ''}/ping`);
      expect([answer.status, adapter.heard.length > 0]).toEqual([200, true]);
      await found('adapter', ({ state }) => state === 'ready', alone);
    } finally {
      adapter.stop();
    }
  });

  function locationOf(kind: string): string {
    if (kind === 'provider') return providerUrl();
    return kind === 'adapter' ? `127.0.0.1:${String(adapterPort)}` : `away-${kind}`;
  }
});

/** One connection of each kind that the server dials, as they were when they were reached; their ids by kind. */
async function connectAll(
  to: TestServer,
  far: { readonly kubeconfig: string; readonly adapterPort: number },
): Promise<Readonly<Record<string, string>>> {
  const ctx = userContext();
  const { credentials, connections } = to.service.app.get(Providers).of(ctx);
  const organizationId = firstOrganizationId;
  const secret = { kubeconfig: far.kubeconfig };
  const credential = { name: 'away', type: 'kubernetes', organizationId, secret };
  const { id: credentialId } = await credentials.create(ctx, credential);
  const make = async (kind: string, fields: Partial<NewConnection>): Promise<string> => {
    const base = { kind, type: 'platform', subType: '', status: 'connected', name: `away ${kind}` } as const;
    const none = { description: '', url: '', origin: 'user', metadata: {}, styles: {}, organizationId } as const;
    return (await connections.create(ctx, { ...base, ...none, ...fields }, 'A test made it.')).id;
  };
  const kubernetes = await make('kubernetes', { credentialId, metadata: { meshsyncDeploymentMode: 'operator' } });
  const metadata = { kubernetesConnectionId: kubernetes };
  return {
    kubernetes,
    adapter: await make('adapter', { url: `http://127.0.0.1:${String(far.adapterPort)}` }),
    operator: await make('operator', { metadata }),
    meshsync: await make('meshsync', { metadata }),
    broker: await make('broker', { metadata }),
  };
}

function providerUrl(): string {
  return `http://127.0.0.1:${String(providerPort)}`;
}

async function list(from: string, at = server): Promise<readonly Component[]> {
  return ((await (await at.get(from)).json()) as { components: readonly Component[] }).components;
}

function found(kind: string, isIt: (component: Component) => boolean, at = server): Promise<Component> {
  const explain = async (): Promise<string> => JSON.stringify(await list(`${path}?pagesize=100`, at));
  return waitUntil({ what: `the ${kind}`, timeoutMs: 60_000, explain }, async () =>
    (await list(`${path}?kind=${kind}`, at)).find(isIt),
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
