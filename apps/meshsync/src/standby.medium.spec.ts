import { join } from 'node:path';
import { parseAgentStatus } from '@meshery/contracts';
import {
  ApiInterceptor,
  KubeAdmin,
  OperatorStack,
  httpRequest,
  makeTempDir,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import type { ControlPlane, KubeObject, OperatorStackOptions, ServiceProcess, TempDir } from '@meshery/testing';

const configMaps = '/api/v1/namespaces/default/configmaps';
const meshsyncEnv = { MESHSYNC_LEASE: 'default/agents', MESHSYNC_WATCH_LIST: '{"whitelist":["configmaps"]}' };
/** Of the Lease, and what comes before and after it. */
const takeoverMs = 45_000;

interface Agent {
  readonly service: ServiceProcess;
  readonly url: string;
  readonly api: ApiInterceptor;
}

let plane: ControlPlane;
let admin: KubeAdmin;
let dir: TempDir;
let stack: OperatorStack;
let clusterId = '';
let first: Agent;
let second: Agent;

async function ownApi(name: string): Promise<{ readonly api: ApiInterceptor; readonly kubeconfig: string }> {
  const api = await ApiInterceptor.start(plane);
  return { api, kubeconfig: writeKubeconfig({ path: join(dir.path, name), server: api.url }) };
}

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  dir = makeTempDir('standby');
  clusterId = (await admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
  const one = await ownApi('one');
  const two = await ownApi('two');
  const options: OperatorStackOptions = { kubeconfig: one.kubeconfig, clusterId, meshsyncEnv };
  stack = await OperatorStack.start(options);
  first = { service: stack.meshsync, url: stack.meshsyncUrl, api: one.api };
  await phase(first, 'running');
  const { agent, url } = await stack.anotherAgent({ ...options, kubeconfig: two.kubeconfig });
  second = { service: agent, url, api: two.api };
  await second.service.up();
}, 300_000);

afterAll(async () => {
  await second.service.stop();
  await stack.stop();
  await Promise.all([first.api.close(), second.api.close()]);
  admin.close();
  await plane.stop();
  dir.remove();
});

const until = (what: string, probe: () => boolean | Promise<boolean>, timeoutMs = 60_000) =>
  waitUntil({ what, timeoutMs }, probe);

async function phase({ url }: Agent, wanted: string, timeoutMs = 60_000): Promise<void> {
  await until(
    `phase ${wanted}`,
    async () => {
      const { body } = await httpRequest(`${url}/statusz`, { timeoutMs: 30_000 });
      return parseAgentStatus(body.toString('utf8'))?.phase === wanted;
    },
    timeoutMs,
  );
}

const stored = async (name: string): Promise<boolean> =>
  (await stack.server.client.page(clusterId, `kind=ConfigMap&search=${name}`)).totalCount === 1;

const change = async (name: string): Promise<unknown> => admin.create(configMaps, { metadata: { name } });
const remove = (name: string): Promise<boolean> => admin.delete(`${configMaps}/${name}`);

/** Batches that the server refused because a newer run is known. */
async function refusedBatches(): Promise<number> {
  const text = await (await fetch(`${stack.bridgeUrl}/metrics`)).text();
  return Number(/^meshery_bridge_batches_total\{.*verdict="superseded".*\} (\d+)/m.exec(text)?.[1] ?? 0);
}

/** Who has the Lease now. */
async function holder(): Promise<string | undefined> {
  const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases/agents';
  return (await admin.json<KubeObject & { spec: { holderIdentity?: string } }>({ path })).spec.holderIdentity;
}

/** How often an agent read a whole collection of the kind it discovers. */
const lists = ({ api }: Agent): number => api.readsOf('/api/v1/configmaps').length;

async function brokerClients(): Promise<number> {
  const answer = await fetch(`${stack.nats.monitorUrl}/connz`);
  const { connections } = (await answer.json()) as { readonly connections: readonly { readonly name: string }[] };
  return connections.filter(({ name }) => name === 'meshsync').length;
}

test('one agent works; the other is ready, and has neither watches nor a broker', async () => {
  await phase(second, 'standby');
  await second.service.ready();
  await first.service.ready();
  await change('worked');
  await until('the object', () => stored('worked'));
  expect(second.api.requests.filter(({ verb }) => verb === 'list' || verb === 'watch' || verb === 'initial')).toEqual(
    [],
  );
  expect(second.api.requests.every(({ path }) => path.endsWith('/leases/agents'))).toBe(true);
  expect(await brokerClients()).toBe(1);
});

test('one that may not look at the Lease is not ready, and says so', async () => {
  const { api, service, url } = second;
  api.intercept = ({ path }) =>
    path.endsWith('/leases/agents')
      ? { type: 'answer', status: 403, body: { kind: 'Status', reason: 'Forbidden', message: 'no leases for you' } }
      : undefined;
  await until('unreadiness', async () => !(await service.isReady()));
  const { body } = await httpRequest(`${url}/statusz`, { timeoutMs: 30_000 });
  expect(parseAgentStatus(body.toString('utf8'))).toMatchObject({
    phase: 'standby',
    conditions: [
      { type: 'Configured', reason: 'LeaseUnusable', message: expect.stringContaining('default/agents') as unknown },
    ],
  });
  api.intercept = () => undefined;
  await service.ready();
});

test('at the end of the one the other goes on at once, without reading a list', async () => {
  await change('gone-at-the-end');
  await until('the object', () => stored('gone-at-the-end'));
  const before = await holder();
  await first.service.down();
  // A Lease that nobody gave back has its holder until it is over.
  expect(await holder()).not.toBe(before);
  await remove('gone-at-the-end');
  await phase(second, 'running');
  await until('the deletion', async () => !(await stored('gone-at-the-end')));
  expect(lists(second)).toBe(0);
  await first.service.up();
  await phase(first, 'standby');
});

test('when the one is killed the other takes over within the time of the Lease, without reading a list', async () => {
  const before = lists(first);
  await change('gone-at-the-kill');
  await until('the object', () => stored('gone-at-the-kill'));
  await second.service.kill();
  await remove('gone-at-the-kill');
  await phase(first, 'running', takeoverMs);
  await until('the deletion', async () => !(await stored('gone-at-the-kill')));
  expect(lists(first)).toBe(before);
  await second.service.up();
  await phase(second, 'standby');
});

test('one that comes back after it was frozen writes nothing over the new one, and ends', async () => {
  const { process } = first.service;
  await change('before-the-freeze');
  await until('the object', () => stored('before-the-freeze'));
  process.freeze();
  // The frozen one hears of it when it comes back, and would bring it to life again.
  await change('in-between');
  await phase(second, 'running', takeoverMs);
  await until('the object of the new one', () => stored('in-between'));
  // So it hears of the beginning and not at once of the end.
  first.api.cutAll();
  await remove('in-between');
  await change('by-the-new-one');
  await until('the work of the new one', async () => (await stored('by-the-new-one')) && !(await stored('in-between')));
  expect(await refusedBatches()).toBe(0);
  process.thaw();
  await until('its end', () => !process.alive);
  await until('the refusal', async () => (await refusedBatches()) > 0);
  expect(process.log()).toMatch(/meshery-discovery-140[13]/);
  expect([await stored('in-between'), await stored('by-the-new-one')]).toEqual([false, true]);
  await phase(second, 'running');
  await first.service.down();
  await first.service.up();
  await phase(first, 'standby');
  await change('after');
  await until('the work that goes on', () => stored('after'));
});
