import { hash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metadata, status } from '@grpc/grpc-js';
import { clusterServiceDefinition } from '@meshery/contracts/grpc';
import {
  KubeAdmin,
  MesheryServer,
  NatsServer,
  PostgresServer,
  ServiceProcess,
  freePort,
  kubeconfigText,
  makeTempDir,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { BridgeClusters } from '../src/bridge-clusters/bridge-clusters.ts';
import { BridgeReports } from '../src/bridge-clusters/bridge-reports.ts';
import type { BrokerSubscription } from '../src/bridge-clusters/bridge-reports.ts';
import { firstOrganizationId } from '../src/provider/local/first-records.ts';
import { Providers } from '../src/provider/providers.ts';
import { Caller } from './caller.ts';
import { FollowedBridge } from './followed-bridge.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { userContext } from './served-agent.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Bridges that are told their clusters by a server: a real API server with a Broker, a real broker, a real agent. */

const leaseMs = 2000;
const broker = '/apis/meshery.io/v1alpha2/namespaces/meshery/brokers';
const namespaces = '/api/v1/namespaces';
const connections = '/api/integrations/connections';
const dir = makeTempDir('bridge-clusters');
const ctx = userContext();
let plane: ControlPlane;
let admin: KubeAdmin;
let nats: NatsServer;
let agent: ServiceProcess;
let server: TestServer;
let owner: Caller;
let bridges: FollowedBridge[];
let clusterId: string;
let grpcPort: number;

beforeAll(async () => {
  [plane, nats] = await Promise.all([
    startControlPlane({ controllers: [] }),
    NatsServer.start({ token: 'broker-secret' }),
  ]);
  admin = new KubeAdmin(plane);
  await waitUntil({ what: 'namespace kube-system', timeoutMs: 60_000 }, async () => {
    return (await admin.send({ path: `${namespaces}/kube-system` })).status === 200;
  });
  clusterId = (await admin.json({ path: `${namespaces}/kube-system` })).metadata.uid;
  await makeBroker();
  agent = await startAgent();
  grpcPort = await freePort();
  await startServer();
  const followed = { grpcPort, folder: server.folder };
  bridges = await Promise.all([FollowedBridge.start(followed), FollowedBridge.start(followed)]);
});
afterAll(async () => {
  for (const bridge of bridges) await bridge.stop();
  await server.stop();
  await agent.stop();
  await nats.stop();
  admin.close();
  await plane.stop();
  dir.remove();
});

/** Always in the same folder, on the same gRPC port. */
async function startServer(): Promise<void> {
  const bindings = join(dir.path, 'bindings.json');
  const tokenSha256 = hash('sha256', 'agent-token', 'hex');
  writeFileSync(bindings, JSON.stringify({ bridges: [{ name: 'agent', clusters: [clusterId], tokenSha256 }] }));
  server = await startTestServer({
    folder: join(dir.path, 'server'),
    argv: ['--no-discovery', '--grpc-port', String(grpcPort)],
    env: { MESHERY_BRIDGE_LEASE_MS: String(leaseMs), MESHERY_INGEST_BINDINGS: bindings },
  });
  owner = Caller.owner(server);
}

/** What the operator of the cluster would have written. */
async function makeBroker(): Promise<void> {
  const crd = readFileSync(new URL('../../../deploy/crds/meshery.io_brokers.yaml', import.meta.url));
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await admin.json({ method: 'POST', path: definitions, body: crd, contentType: 'application/yaml' });
  await admin.create(namespaces, { metadata: { name: 'meshery' } });
  await waitUntil(
    { what: 'the kind', timeoutMs: 60_000 },
    async () => (await admin.send({ path: broker })).status === 200,
  );
  const metadata = { name: 'meshery-broker', namespace: 'meshery' };
  await admin.create(broker, { apiVersion: 'meshery.io/v1alpha2', kind: 'Broker', metadata, spec: { size: 1 } });
  const stringData = { token: 'broker-secret' };
  await admin.create(`${namespaces}/meshery/secrets`, { metadata: { name: 'meshery-nats-auth' }, stringData });
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'Test',
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  const endpoint = { external: `127.0.0.1:${String(nats.port)}` };
  await admin.patch(`${broker}/meshery-broker/status`, { status: { endpoint, conditions: [ready] } });
}

async function startAgent(): Promise<ServiceProcess> {
  const path = writeKubeconfig({
    path: join(dir.path, 'agent.yaml'),
    server: plane.url,
    caPem: plane.caPem,
    token: plane.adminToken,
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const env = {
    KUBECONFIG: path,
    BROKER_URL: nats.url,
    MESHSYNC_HEALTH_HOST: '127.0.0.1',
    MESHSYNC_HEALTH_PORT: String(port),
    MESHSYNC_WATCH_LIST: '{"whitelist":["namespaces","brokers.meshery.io"]}',
  };
  const started = new ServiceProcess({
    name: 'meshsync',
    args: [],
    env,
    liveUrl: `${url}/healthz`,
    readyUrl: `${url}/readyz`,
  });
  await started.up();
  return started;
}

function kubeconfig(token = plane.adminToken): string {
  return kubeconfigText({ name: 'x', token, server: plane.url, caPem: plane.caPem });
}

/** A connected cluster in operator mode. */
async function connect(name: string, kubernetesServerId = clusterId): Promise<string> {
  const { credentials, connections: all } = server.service.app.get(Providers).of(ctx);
  const organizationId = firstOrganizationId;
  const secret = { kubeconfig: kubeconfig() };
  const { id: credentialId } = await credentials.create(ctx, { name, type: 'kubernetes', organizationId, secret });
  const kind = { kind: 'kubernetes', type: 'platform', subType: 'orchestration', status: 'connected' } as const;
  const rest = {
    description: '',
    url: '',
    styles: {},
    origin: 'user',
    contextId: null,
    controllersConfig: null,
  } as const;
  const metadata = { meshsyncDeploymentMode: 'operator', kubernetesServerId };
  const draft = { ...kind, ...rest, name, organizationId, metadata, credentialId };
  return (await all.create(ctx, draft, 'A test made it.')).id;
}

function state(id: string): BrokerSubscription | undefined {
  return server.service.app.get(BridgeReports, { strict: false }).stateOf(id);
}

function stateBecomes(
  id: string,
  wanted: Partial<BrokerSubscription> | undefined,
  timeoutMs = 60_000,
): Promise<boolean> {
  const explain = (): string => JSON.stringify(state(id));
  const what = `the state ${JSON.stringify(wanted)}`;
  return waitUntil({ what, timeoutMs, explain }, () => {
    const now = state(id);
    if (wanted === undefined || now === undefined) return now === wanted;
    return Object.entries(wanted).every(([field, value]) => now[field as keyof BrokerSubscription] === value);
  });
}

/** Links that are on the broker now. */
async function onBroker(): Promise<number> {
  const { connections: open } = (await (await fetch(`${nats.monitorUrl}/connz`)).json()) as {
    connections: readonly { name?: string }[];
  };
  return open.filter(({ name }) => name === 'meshery-server').length;
}

/** Waits until so many links are on the broker: one that ended is known there a moment later. */
function onBrokerAre(count: number): Promise<unknown> {
  const explain = async (): Promise<string> => `${String(await onBroker())} are`;
  const what = `${String(count)} links on the broker`;
  return waitUntil({ what, timeoutMs: 60_000, explain }, async () => (await onBroker()) === count);
}

/** The links of both bridges. */
async function linksOfAll(): Promise<readonly string[]> {
  return (await Promise.all(bridges.map((bridge) => bridge.links()))).flat();
}

/** Looks all the time how many links are on the broker; the most there ever were. */
async function mostWhile(work: () => Promise<unknown>): Promise<number> {
  let [most, isOver] = [0, false];
  const looking = (async (): Promise<void> => {
    while (!isOver) most = Math.max(most, await onBroker());
  })();
  await work().finally(() => (isOver = true));
  await looking;
  return most;
}

/** The bridge that serves the cluster, and the other one, once both follow and the cluster is where it belongs. */
async function holder(): Promise<readonly [FollowedBridge, FollowedBridge]> {
  const { leases } = server.service.app.get(BridgeClusters, { strict: false });
  const score = (instance: string): string => hash('sha256', `${instance} ${clusterId}`);
  const explain = (): string => JSON.stringify([leases.followers.map(({ instance }) => instance), state(id)]);
  await waitUntil({ what: 'a cluster that is where it belongs', timeoutMs: 60_000, explain }, () => {
    const instances = leases.followers.map(({ instance }) => instance);
    const best = instances.sort((one, other) => (score(one) < score(other) ? -1 : 1)).at(-1);
    return instances.length === 2 && leases.held(clusterId)?.holder === best && state(id)?.isReached === true;
  });
  const [one, two] = bridges as [FollowedBridge, FollowedBridge];
  return (await one.links()).length === 1 ? [one, two] : [two, one];
}

function arrives(name: string): Promise<boolean> {
  const all = encodeURIComponent('["all"]');
  const path = `/api/system/meshsync/resources?clusterIds=${all}&kind=Namespace&pagesize=100`;
  return waitUntil({ what: `namespace ${name}`, timeoutMs: 60_000 }, async () => {
    const { resources } = (await owner.get(path)).body as { resources: { metadata: { name: string } }[] };
    return resources.some(({ metadata }) => metadata.name === name);
  });
}

/** When each bridge renewed its leases last, by its instance, from now on. */
function timesOfRenewal(leases: BridgeClusters['leases']): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const renew = leases.renew.bind(leases);
  leases.renew = (follower) => {
    const at = performance.now();
    const isRenewed = renew(follower);
    if (isRenewed) times.set(follower.instance, at);
    return isRenewed;
  };
  return times;
}

let id: string;

test('a cluster that is connected in operator mode is served by one of two bridges: what its agent finds is stored', async () => {
  id = await connect('production');
  const most = await mostWhile(() => stateBecomes(id, { isReached: true, bridge: 'local', code: '' }));
  const said = `Connected 127.0.0.1:${String(nats.port)}`;
  const path = `/api/system/controllers/broker/status?connectionId=${id}`;
  await waitUntil({ what: said, timeoutMs: 60_000 }, async () => {
    const { body } = await owner.get(path);
    return (body as { status: string }).status === said;
  });
  // It may still go to the other bridge, when that began to follow later.
  await holder();
  await waitUntil({ what: 'the link', timeoutMs: 60_000 }, async () => {
    return (await linksOfAll()).join() === `production.${id}/meshery/meshery-broker`;
  });
  await onBrokerAre(1);
  expect(most).toBeLessThanOrEqual(1);
  await admin.create(namespaces, { metadata: { name: 'first' } });
  await arrives('first');
});

test('a bridge that loses the server lets go before another one begins, and never do two serve', async () => {
  const [one, two] = await holder();
  const most = await mostWhile(async () => {
    one.proxy.injectEverywhere({ type: 'stall' });
    await two.serves(1);
  });
  expect([most, await one.links()]).toEqual([1, []]);
  await admin.create(namespaces, { metadata: { name: 'second' } });
  await arrives('second');
  const after = await mostWhile(async () => {
    one.proxy.injectEverywhere({ type: 'cut' });
    one.proxy.heal();
    await holder();
  });
  expect(after).toBe(1);
});

test('what a killed bridge had goes to the other one after the lease', async () => {
  const [one, two] = await holder();
  const { leases } = server.service.app.get(BridgeClusters, { strict: false });
  const renewedAt = timesOfRenewal(leases);
  const instance = leases.held(clusterId)?.holder ?? '';
  await waitUntil({ what: 'a renewal', timeoutMs: 60_000 }, () => renewedAt.has(instance));
  await one.service.kill();
  await two.serves(1);
  expect(performance.now() - (renewedAt.get(instance) ?? Infinity)).toBeGreaterThan(leaseMs);
  await one.service.up();
  await holder();
});

test('a server that starts anew gives a cluster to nobody while a bridge may serve it', async () => {
  const most = await mostWhile(async () => {
    await server.stop();
    await startServer();
    await holder();
  });
  expect(most).toBe(1);
  await admin.create(namespaces, { metadata: { name: 'third' } });
  await arrives('third');
});

test('another credential makes the link anew, one of no use is said with its code', async () => {
  const { connections: all, credentials } = server.service.app.get(Providers).of(ctx);
  const credentialId = (await all.get(ctx, id)).credentialId ?? '';
  await credentials.update(ctx, credentialId, { secret: { kubeconfig: kubeconfig('nobody') } });
  await stateBecomes(id, { isReached: false, bridge: 'local', code: 'meshery-kube-1304' });
  await onBrokerAre(0);
  await credentials.update(ctx, credentialId, { secret: { kubeconfig: '{}' } });
  await stateBecomes(id, { isReached: false, bridge: '', code: 'meshery-kube-1302' });
  await credentials.update(ctx, credentialId, { secret: { kubeconfig: kubeconfig() } });
  await stateBecomes(id, { isReached: true });
});

test('a cluster with another id than the expected one is not served, and keeps no other from it', async () => {
  const other = await connect('another', randomUUID());
  await stateBecomes(other, { isReached: false, bridge: 'local', code: 'meshery-messaging-1505' });
  await stateBecomes(id, { isReached: true });
  await onBrokerAre(1);
  const { diagnostics } = (await owner.get(`/api/system/controllers/diagnostics?connectionId=${other}`)).body;
  const description = expect.stringContaining('meshery-messaging-1505') as string;
  expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'broker_not_subscribed', description }));
  await owner.delete(`${connections}/${other}`);
  await stateBecomes(other, undefined);
});

test('a second connection to the same cluster makes no second link, and takes over when the first one ends', async () => {
  const second = await connect('again');
  expect(await mostWhile(() => stateBecomes(second, { isReached: true }))).toBe(1);
  await owner.put(`${connections}/${id}`, { status: 'disconnected' });
  await stateBecomes(id, undefined);
  await waitUntil({ what: 'the link of the second', timeoutMs: 60_000 }, async () => {
    return (await linksOfAll()).join() === `again.${second}/meshery/meshery-broker`;
  });
  await owner.put(`${connections}/${second}`, { status: 'disconnected' });
  await onBrokerAre(0);
});

test('nobody but a bridge that is trusted with kubeconfigs is told of clusters', async () => {
  const caller = await GrpcCaller.open(server);
  const { path, requestSerialize, responseDeserialize } = clusterServiceDefinition.follow;
  const codes: unknown[] = [];
  for (const token of [undefined, server.token, 'agent-token']) {
    const metadata = new Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    const call = caller.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
    call.write({ body: { $case: 'begin', value: { instance: 'x', clusterIds: [] } } });
    const refusal = await new Promise<{ code: status; metadata: Metadata }>((resolve) =>
      call.on('error', resolve as never),
    );
    codes.push([refusal.code, refusal.metadata.get('meshery-code')[0]]);
  }
  caller.client.close();
  expect(codes).toEqual([
    [status.UNAUTHENTICATED, 'meshery-auth-1200'],
    [status.UNAUTHENTICATED, 'meshery-auth-1201'],
    [status.PERMISSION_DENIED, 'meshery-auth-1202'],
  ]);
});

test('no log has a credential', async () => {
  const logs = [server.lines.join(''), ...(await Promise.all(bridges.map((bridge) => bridge.log())))].join('');
  expect(logs).toContain('a cluster was given');
  expect(logs).not.toContain(plane.adminToken);
  expect(logs).not.toContain('certificate-authority-data');
});

describe('two servers on one PostgreSQL', () => {
  let database: PostgresServer;
  let other: MesheryServer;
  let shared: string;

  beforeAll(async () => {
    for (const bridge of bridges.splice(0)) await bridge.stop();
    await server.stop();
    database = await PostgresServer.start();
    // Processes of a loaded machine need longer to begin and to end.
    const env = {
      MESHERY_BRIDGE_LEASE_MS: String(2 * leaseMs),
      MESHERY_MASTER_KEY_FILE: join(dir.path, 'master.json'),
    };
    const argv = ['--no-discovery', '--grpc-port', String(grpcPort), '--database-url', database.url];
    server = await startTestServer({ folder: join(dir.path, 'shared'), argv, env });
    owner = Caller.owner(server);
    other = await MesheryServer.start({ databaseUrl: database.url, env });
    bridges.push(await FollowedBridge.start({ grpcPort, folder: server.folder }));
    bridges.push(await FollowedBridge.start({ grpcPort: other.grpcPort, folder: other.dataDir }));
    shared = await connect('shared');
  });
  afterAll(async () => {
    for (const bridge of bridges.splice(0)) await bridge.stop();
    await server.stop();
    await other.stop();
    await database.stop();
  });

  /** What each server says is wrong with the broker of the connection. */
  async function faults(): Promise<readonly unknown[]> {
    const path = `/api/system/controllers/diagnostics?connectionId=${shared}`;
    const headers = { authorization: `Bearer ${other.token}` };
    const answers = [(await owner.get(path)).body, await (await fetch(`${other.url}${path}`, { headers })).json()];
    return answers.map(({ diagnostics }: { diagnostics: readonly { code: string }[] }) =>
      diagnostics.filter(({ code }) => code === 'broker_not_subscribed'),
    );
  }

  /** One bridge serves, and both servers know it. */
  async function isServed(): Promise<void> {
    const explain = async (): Promise<string> => JSON.stringify([await onBroker(), await faults()]);
    await waitUntil({ what: 'a link that both servers know', timeoutMs: 60_000, explain }, async () => {
      return (await onBroker()) === 1 && (await faults()).every((found) => (found as unknown[]).length === 0);
    });
  }

  test('a cluster is served by one bridge of one of them, and both say so', async () => {
    expect(await mostWhile(isServed)).toBe(1);
  });

  test('what a killed bridge of one server had goes to the bridge of the other one, back and forth', async () => {
    for (const [one, two] of [bridges, bridges.toReversed()] as [FollowedBridge, FollowedBridge][]) {
      const most = await mostWhile(async () => {
        await one.service.kill();
        await two.serves(1);
        await isServed();
        await one.service.up();
      });
      expect(most).toBe(1);
      // It may go back to the one that is there again.
      await waitUntil({ what: 'one link of both', timeoutMs: 60_000 }, async () => (await linksOfAll()).length === 1);
    }
  });

  test('what the bridge of a killed server had goes to the bridge of the other one', async () => {
    const [one, two] = bridges as [FollowedBridge, FollowedBridge];
    await one.service.kill();
    await two.serves(1);
    const most = await mostWhile(async () => {
      await other.kill();
      await one.service.up();
      await one.serves(1);
    });
    expect([most, await two.links()]).toEqual([1, []]);
    await admin.create(namespaces, { metadata: { name: 'shared' } });
    await arrives('shared');
  });
});
