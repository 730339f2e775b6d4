import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ApiInterceptor,
  KubeAdmin,
  MesheryServer,
  makeTempDir,
  newAuthority,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import type { ControlPlane, TempDir } from '@meshery/testing';
import { AgentProcess } from './testing/agent-process.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const tokens = { own: 'own-token', foreign: 'foreign-token' };
const cleanups: (() => unknown)[] = [];

let plane: ControlPlane;
let admin: KubeAdmin;
let dir: TempDir;
let server: MesheryServer;
let clusterId = '';

/** What the operator of a server writes down: who may write which cluster. */
function bindings(): string {
  const bridges = Object.entries({ own: clusterId, foreign: 'another-cluster' }).map(([name, cluster]) => ({
    name: `agent-${name}`,
    clusters: [cluster],
    tokenSha256: hash('sha256', tokens[name as keyof typeof tokens], 'hex'),
  }));
  return JSON.stringify({ bridges });
}

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  dir = makeTempDir('outbound');
  clusterId = (await admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
  const path = join(dir.path, 'bindings.json');
  writeFileSync(path, bindings());
  server = await MesheryServer.start({ env: { MESHERY_INGEST_BINDINGS: path } });
}, 300_000);

afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
  dir.remove();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Writes a file beside the agent, as a mounted Secret. */
function mounted(name: string, text: string): string {
  const path = join(dir.path, name);
  writeFileSync(path, text);
  return path;
}

const serverCa = (): string => readFileSync(join(server.dataDir, 'ingest', 'ca.pem'), 'utf8');

function settings(): Record<string, string> {
  return {
    MESHSYNC_SERVER: `127.0.0.1:${server.grpcPort}`,
    MESHSYNC_SERVER_CA_FILE: mounted('ca.crt', serverCa()),
    MESHSYNC_SERVER_TOKEN_FILE: mounted('token', `${tokens.own}\n`),
    MESHSYNC_WATCH_LIST: '{"whitelist":["configmaps"]}',
  };
}

async function agent(env: Readonly<Record<string, string>>, url?: string): Promise<AgentProcess> {
  const direct = { url: plane.url, caPem: plane.caPem, token: plane.adminToken };
  const started = await AgentProcess.start(url === undefined ? direct : { url }, env, makeTempDir('meshsync'));
  cleanups.push(() => started.stop());
  return started;
}

async function create(name: string): Promise<void> {
  await admin.create(configMaps, { metadata: { name } });
  cleanups.push(() => admin.delete(`${configMaps}/${name}`));
}

const remove = (name: string): Promise<boolean> => admin.delete(`${configMaps}/${name}`);
const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);
const stored = async (name: string): Promise<boolean> =>
  (await server.client.page(clusterId, `kind=ConfigMap&search=${name}`)).totalCount === 1;
const isReady = (started: AgentProcess) => until('readiness', async () => (await started.readiness()).ready);

test('is in sync without a broker, and a restart of either side reads no list again', async () => {
  await using api = await ApiInterceptor.start(plane);
  const lists = () => api.readsOf('/api/v1/configmaps');
  await create('first');
  await create('gone-1');
  await create('gone-2');
  const started = await agent(settings(), api.url);
  await until('the snapshot', () => stored('first'));
  await isReady(started);
  expect(await started.status()).toMatchObject({ phase: 'running', clusterId, server: { connected: true } });
  expect((await started.status()).broker).toBeUndefined();
  await create('live');
  await until('the live change', () => stored('live'));
  const before = lists().length;

  await server.kill();
  await until('the condition', async () => {
    const { server: said } = await started.status();
    return said?.connected === false && /meshery-messaging-1500.*MESHERY_GRPC_HOST/.test(said.reason ?? '');
  });
  expect(await started.readiness()).toMatchObject({ ready: false });
  await remove('gone-1');
  await create('meanwhile');
  await server.up();
  await until('what happened meanwhile', () => stored('meanwhile'));
  await until('the deletion', async () => !(await stored('gone-1')));
  await isReady(started);
  expect(lists()).toHaveLength(before);

  await started.stop();
  await remove('gone-2');
  await agent(settings(), api.url);
  await until('the deletion while no agent ran', async () => !(await stored('gone-2')));
  expect(lists()).toHaveLength(before);
});

test('one that starts while the server is away reads no list for nobody', async () => {
  await using api = await ApiInterceptor.start(plane);
  await create('waited-for');
  await server.kill();
  const started = await agent(settings(), api.url);
  const said = async () => (await started.status()).conditions.map(({ type, reason }) => `${type} ${reason}`);
  await until('the condition', async () => (await said()).includes('Publishing RunNotOpened'));
  expect(api.requestsFor('/api/v1/configmaps')).toEqual([]);
  await server.up();
  await until('the object', () => stored('waited-for'));
  await isReady(started);
  expect(await said()).toEqual([]);
});

test('a token of another cluster is refused and said so, until the right one is in its place', async () => {
  const env = settings();
  mounted('token', tokens.foreign);
  const started = await agent(env);
  const said = async () => (await started.status()).conditions.find(({ reason }) => reason === 'BatchesNotStored');
  const foreign = /^meshery-messaging-1505.*"agent-foreign" is not bound.*uid of namespace kube-system/;
  await until('the refusal', async () => foreign.test((await said())?.message ?? ''));
  expect(await started.readiness()).toMatchObject({ ready: false });
  mounted('token', 'wrong');
  await until('the other refusal', async () => (await said())?.message.startsWith('meshery-messaging-1506') === true);
  mounted('token', tokens.own);
  await isReady(started);
  expect(await said()).toBeUndefined();
  expect(started.log()).not.toMatch(/own-token|foreign-token/);
});

test('does not talk to a server that it cannot trust, until it is given the right CA', async () => {
  const env = settings();
  mounted('ca.crt', newAuthority('another').certificatePem);
  const started = await agent(env);
  const wrong = /meshery-messaging-1507.*CA that signed/;
  await until('the reason', async () => wrong.test((await started.readiness()).text));
  expect((await started.status()).server).toMatchObject({ connected: false });
  mounted('ca.crt', serverCa());
  await isReady(started);
});

test('an agent that a newer one took over from ends', async () => {
  const old = await agent(settings());
  await isReady(old);
  const newer = await agent(settings());
  await isReady(newer);
  await create('taken-over');
  await until('the change by the newer one', () => stored('taken-over'));
  await until('the end of the older one', () => old.log().includes('meshery-discovery-1401'));
});
