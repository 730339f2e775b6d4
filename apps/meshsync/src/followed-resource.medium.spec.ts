import { createLogger, systemClock } from '@meshery/observability';
import { customResourceDefinitions } from '@meshery/contracts/crds';
import { NatsBroker } from '@meshery/messaging';
import { ApiInterceptor, KubeAdmin, NatsServer, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { AgentProcess } from './testing/agent-process.ts';
import { FarSide } from './testing/far-side.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const collection = '/apis/meshery.io/v1alpha2/namespaces/meshery/meshsyncs';
const configMaps = '/api/v1/namespaces/default/configmaps';
const only = (...resources: string[]) => ({ only: resources.map((resource) => ({ resource })) });

let plane: ControlPlane;
let admin: KubeAdmin;
let nats: NatsServer;
const cleanups: (() => unknown)[] = [];

const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  await admin.create('/api/v1/namespaces', { metadata: { name: 'meshery' } });
  await admin.create('/api/v1/namespaces/default/secrets', { metadata: { name: 'hidden' } });
}, 300_000);

afterAll(async () => {
  admin.close();
  await plane.stop();
});

beforeEach(async () => {
  nats = await NatsServer.start();
  cleanups.push(() => nats.stop());
  await install();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function install(): Promise<void> {
  for (const definition of customResourceDefinitions()) {
    await admin.send({ method: 'POST', path: definitions, body: definition });
  }
  await until('the kind', async () => (await admin.send({ path: collection })).status === 200);
}

async function meshSync(name: string, spec: object): Promise<string> {
  await admin.create(collection, { apiVersion: 'meshery.io/v1alpha2', kind: 'MeshSync', metadata: { name }, spec });
  cleanups.push(() => admin.delete(`${collection}/${name}`));
  return `${collection}/${name}`;
}

async function configMap(name: string): Promise<void> {
  await admin.create(configMaps, { metadata: { name } });
  cleanups.push(() => admin.delete(`${configMaps}/${name}`));
}

async function farSide(): Promise<FarSide> {
  const side = await FarSide.open({ url: nats.url });
  cleanups.push(() => side.close());
  return side;
}

async function agent(
  cluster: Parameters<typeof AgentProcess.start>[0],
  env: Readonly<Record<string, string>>,
): Promise<AgentProcess> {
  const started = await AgentProcess.start(cluster, { BROKER_URL: nats.url, ...env });
  cleanups.push(() => started.stop());
  return started;
}

const reasons = async (started: AgentProcess): Promise<readonly string[]> =>
  (await started.status()).conditions.map(({ reason }) => reason);

test('takes changes of its MeshSync while it runs, and reads no other kind again', async () => {
  const object = await meshSync('one', { watchList: only('configmaps.v1.', 'secrets.v1.') });
  const api = await ApiInterceptor.start(plane);
  cleanups.push(() => api.close());
  const busy = { kind: 'Status', code: 429, reason: 'TooManyRequests', message: 'busy' };
  const answer = { type: 'answer', status: 429, body: busy, headers: { 'retry-after': '2' } } as const;
  api.intercept = ({ path }) => (path === collection && api.injected === 0 ? answer : undefined);
  const side = await farSide();
  const started = await agent({ url: api.url }, { MESHSYNC_RESOURCE: 'meshery/one' });
  await until('the first kinds', () => side.kinds().join() === 'configmaps.v1.,secrets.v1.');
  const { pid } = started;
  const reads = () => api.readsOf('/api/v1/configmaps').map(({ index, verb }) => `${String(index)} ${verb}`);
  const before = reads();
  expect(api.injected).toBe(1);
  expect(api.requestsFor('/api/v1/pods')).toEqual([]);

  await admin.patch(object, { spec: { watchList: only('configmaps.v1.', 'namespaces.v1.'), logLevel: 'debug' } });
  await until('the other kind', () => side.kinds().join() === 'configmaps.v1.,namespaces.v1.');
  await until('the log level', () => started.log().includes('"level":"debug"'));
  expect(await started.status()).toMatchObject({ phase: 'running', kinds: { total: 2, problems: [] }, conditions: [] });

  await admin.patch(object, { spec: { watchList: null, 'watch-list': { data: { whitelist: '[{"Resource":' } } } });
  await until('the condition', async () => (await reasons(started)).join() === 'InvalidWatchList');
  await configMap('while-malformed');
  await until('a change under the last good list', () => side.has('while-malformed'));
  expect(side.kinds()).toEqual(['configmaps.v1.', 'namespaces.v1.']);

  await admin.patch(object, { spec: { 'watch-list': { data: { whitelist: '[{"Resource":"configmaps.v1."}]' } } } });
  await until('the published list', () => side.kinds().join() === 'configmaps.v1.');
  expect(await reasons(started)).toEqual([]);

  await admin.delete(object);
  await until('its end', async () => (await reasons(started)).join() === 'MeshSyncNotFound');
  await configMap('while-deleted');
  await until('a change under the last list', () => side.has('while-deleted'));
  expect(side.kinds()).toEqual(['configmaps.v1.']);
  expect(reads()).toEqual(before);
  expect(started.pid).toBe(pid);
});

test('names its MeshSync when that is not served, goes by the environment, and follows it once it is there', async () => {
  for (const { metadata } of customResourceDefinitions()) await admin.delete(`${definitions}/${metadata.name}`);
  await until('the end of the kind', async () => (await admin.send({ path: collection })).status === 404);
  const side = await farSide();
  const env = { MESHSYNC_RESOURCE: 'meshery/late', MESHSYNC_WATCH_LIST: '{"whitelist":["configmaps"]}' };
  const started = await agent({ url: plane.url, caPem: plane.caPem, token: plane.adminToken }, env);
  await until('the kind of the environment', () => side.kinds().join() === 'configmaps.v1.');
  const [condition] = (await started.status()).conditions;
  expect(condition).toMatchObject({ type: 'Configured', reason: 'MeshSyncUnreadable' });
  expect(condition?.message).toMatch(/meshery\/late.*meshsyncs\.meshery\.io.*environment/);
  await install();
  await meshSync('late', { watchList: only('namespaces') });
  await until('the kind of the MeshSync', () => side.kinds().join() === 'namespaces.v1.');
  expect(await reasons(started)).toEqual([]);
});

test('says which rights are missing, with the rule that grants them, until they are granted', async () => {
  await meshSync('granted', { watchList: only('secrets', 'services') });
  const token = await account('agent', [rule('namespaces', 'services')]);
  const env = { MESHSYNC_RESOURCE: 'meshery/granted', MESHSYNC_WATCH_LIST: '{"whitelist":["secrets","services"]}' };
  const started = await agent({ url: plane.url, caPem: plane.caPem, token }, env);
  await until('the problem', async () => (await started.status()).kinds.problems.length === 1);
  const { conditions, kinds } = await started.status();
  expect(kinds).toMatchObject({
    total: 2,
    problems: [{ kind: 'secrets.v1.', state: 'forbidden', reason: 'Forbidden' }],
  });
  expect(kinds.problems[0]?.verb).toMatch(/^(list|watch)$/);
  expect(kinds.problems[0]?.message).toContain(`cannot ${String(kinds.problems[0]?.verb)} resource "secrets"`);
  expect(kinds.problems[0]?.remedy).toMatch(/ClusterRole.*apiGroups "".*resources "secrets".*"list" and "watch"/);
  expect(conditions).toMatchObject([{ type: 'Configured', reason: 'MeshSyncUnreadable' }]);
  expect(conditions[0]?.message).toMatch(/meshery\/granted.*Role in meshery.*resourceNames granted/);
  const own = {
    apiGroups: ['meshery.io'],
    resources: ['meshsyncs'],
    verbs: ['list', 'watch'],
    resourceNames: ['granted'],
  };
  const role = { rules: [rule('namespaces', 'services', 'secrets'), own] };
  await admin.patch('/apis/rbac.authorization.k8s.io/v1/clusterroles/agent', role);
  await until('the end of the problem', async () => {
    const status = await started.status();
    return status.kinds.inSync === 2 && status.conditions.length === 0;
  });
  expect((await started.status()).kinds.problems).toEqual([]);
});

function rule(...resources: string[]): object {
  return { apiGroups: [''], resources, verbs: ['get', 'list', 'watch'] };
}

/** A token of a new service account with a ClusterRole of the same name. */
async function account(name: string, rules: readonly object[]): Promise<string> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  await admin.create(accounts, { metadata: { name } });
  await admin.create(`${rbac}/clusterroles`, { metadata: { name }, rules });
  await admin.create(`${rbac}/clusterrolebindings`, {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
  });
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const path = `${accounts}/${name}/token`;
  return (await admin.json<{ status: { token: string } }>({ method: 'POST', path, body })).status.token;
}

interface PublishedEvent {
  readonly EventType: string;
  readonly Object: { readonly kind: string; readonly metadata: { readonly name: string } };
}

test('follows the MeshSync of published operators unasked, and announces what it does not watch any more', async () => {
  const path = await meshSync('meshery-meshsync', {
    'watch-list': { data: { blacklist: '', whitelist: '[{"Resource":"configmaps.v1."},{"Resource":"secrets.v1."}]' } },
  });
  const logger = createLogger({ service: 'test', level: 'silent' });
  const server = new NatsBroker({ url: nats.url, name: 'meshery-server' }, { clock: systemClock, logger });
  await server.open(AbortSignal.timeout(30_000));
  cleanups.push(() => server.close());
  const seen = new Set<string>();
  server.subscribe(
    'meshery.meshsync.core',
    (message) => {
      const { EventType, Object } = JSON.parse(Buffer.from(message.data).toString()) as PublishedEvent;
      seen.add(`${EventType} ${Object.kind} ${Object.metadata.name}`);
    },
    { signal: AbortSignal.timeout(300_000) },
  );
  await server.flush();
  await configMap('published');
  await agent(
    { url: plane.url, caPem: plane.caPem, token: plane.adminToken },
    { MESHSYNC_OUTPUT_FORMAT: 'published', DEBUG: 'not a switch' },
  );
  await until('the first kinds', () => seen.has('ADDED Secret hidden') && seen.has('ADDED ConfigMap published'));
  expect([...seen].filter((text) => !/ (Secret|ConfigMap) /.test(text))).toEqual([]);
  await admin.patch(path, { spec: { 'watch-list': { data: { whitelist: '[{"Resource":"configmaps.v1."}]' } } } });
  await until('the end of the other', () => seen.has('DELETED Secret hidden'));
  expect([...seen].filter((text) => text.startsWith('DELETED ConfigMap'))).toEqual([]);
});

test('looks for that MeshSync silently', async () => {
  const side = await farSide();
  const started = await agent(
    { url: plane.url, caPem: plane.caPem, token: await account('blind', [rule('namespaces', 'configmaps')]) },
    { MESHSYNC_WATCH_LIST: '{"whitelist":["configmaps"]}' },
  );
  await until('the kind of the environment', () => side.kinds().join() === 'configmaps.v1.');
  expect(await reasons(started)).toEqual([]);
  const lines = started.log().split('\n');
  expect(lines.filter((line) => line.includes('no MeshSync can be read') && line.includes('"info"'))).toHaveLength(1);
  expect(lines.filter((line) => /"level":"(warn|error)".*MeshSync/.test(line))).toEqual([]);
});
