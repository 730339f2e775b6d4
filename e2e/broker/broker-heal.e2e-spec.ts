import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { encodeResourceEvent, publishedSubjects, toKubernetesResource } from '@meshery/contracts';
import { type InventoryClient, Oracle, SeededRandom, configMapObject, waitUntil } from '@meshery/testing';
import { BrokerScene, loginOf } from '../support/broker-scene.ts';

const broker = { resource: 'brokers/meshery-broker' };
const configMaps = '/api/v1/namespaces/default/configmaps';
const CREATE_EVERY_MS = 50;
const IN_SYNC_MS = 60_000;
/** Of the test; in operation it is ten minutes. */
const OVERLAP = '45s';

let scene: BrokerScene;
let client: InventoryClient;
let clusterId: string;
const random = new SeededRandom(7);
let objects = 0;

beforeAll(async () => {
  scene = await BrokerScene.start({ env: { MESHERY_CREDENTIAL_OVERLAP: OVERLAP } });
  await scene.installed.install('server', 'kustomize');
  await scene.ready(broker, 1);
  client = await scene.installed.signIn();
  clusterId = (await scene.installed.cluster.admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
}, 600_000);

afterAll(() => scene.stop());

async function hasRow(kind: string, name: string): Promise<boolean> {
  const page = await client.page(clusterId, `kind=${kind}&search=${name}&pagesize=5`);
  return page.resources.some(({ metadata }) => metadata.name === name);
}

/** Creates ConfigMaps, twenty in a second, until it is told to stop, which it is when there are this many at least. */
function creating(): (atLeast: number) => Promise<void> {
  const stop = new AbortController();
  const before = objects;
  const work = (async () => {
    while (!stop.signal.aborted) {
      objects += 1;
      const place = { name: `load-${String(objects)}`, namespace: 'default' };
      await scene.installed.cluster.admin.create(configMaps, configMapObject(place, random, 500));
      await new Promise((resolve) => setTimeout(resolve, CREATE_EVERY_MS));
    }
  })();
  return async (atLeast) => {
    const many = { what: `the creation of ${String(atLeast)} objects`, timeoutMs: 60_000 };
    await waitUntil(many, () => objects - before > atLeast).finally(() => {
      stop.abort();
    });
    await work;
  };
}

/** Users of the connections that are open at the broker. */
async function connectedUsers(): Promise<readonly string[]> {
  const { connections } = JSON.parse(await scene.ask('http://meshery-nats.meshery.svc:8222/connz?auth=1')) as {
    readonly connections: readonly { readonly authorized_user: string }[];
  };
  return [...new Set(connections.map(({ authorized_user }) => authorized_user))].sort();
}

/** True when the broker says that it does not take these credentials; rejects when it says nothing. */
async function isRefused(options: NodeConnectionOptions): Promise<boolean> {
  try {
    await (await scene.connect(options)).close();
    return false;
  } catch (error) {
    if (/authorization/i.test(String(error))) return true;
    throw error;
  }
}

/** The store holds what the cluster holds, but Secrets, which the agent may not read. */
async function inSync(): Promise<void> {
  const kubeconfig = scene.installed.cluster.kubeconfigPath;
  await using oracle = await Oracle.open({ kubeconfig, client: () => client, except: ['secrets.v1.'] });
  await oracle.expectInSync(IN_SYNC_MS);
}

async function tls() {
  return { tls: { ca: await scene.secret('meshery-nats-ca', 'ca.crt'), servername: 'meshery-nats.meshery.svc' } };
}

test('REST answers a pod on 9081 and on 80, where the websocket of GraphQL opens', async () => {
  for (const base of ['http://meshery.meshery.svc:9081', 'http://meshery.meshery.svc']) {
    // A ready pod is behind its Service as soon as the node has heard of it.
    const said = await waitUntil({ what: `an answer of ${base}`, timeoutMs: 60_000, everyMs: 500 }, () =>
      scene.ask(`${base}/api/system/version`),
    );
    expect(said).toContain('"build"');
    const clusters = JSON.parse(await scene.ask(`${base}/api/system/clusters`, client.headers)) as object;
    expect(clusters).toHaveProperty('clusters');
  }
  const options = JSON.stringify({ protocols: 'graphql-transport-ws', headers: client.headers });
  const said = await scene.inPod(
    `const s=new WebSocket('ws://meshery.meshery.svc/api/system/graphql/query',${options});` +
      `s.onopen=()=>s.send('{"type":"connection_init"}');` +
      `s.onmessage=({data})=>{process.stdout.write(data);s.close()};s.onerror=()=>process.exit(1)`,
  );
  expect(JSON.parse(said)).toMatchObject({ type: 'connection_ack' });
});

test('what a published agent says with the token of the Secret is in the store', async () => {
  // Where a native agent was heard, a published one is not listened to.
  await scene.kubectl('-n', 'meshery', 'delete', 'meshsync', '--all', '--wait=true');
  await scene.kubectl('-n', 'meshery', 'wait', 'pods', '-l', 'component=meshsync', '--for=delete', '--timeout=60s');
  await scene.kubectl('-n', 'meshery', 'rollout', 'restart', 'deployment/meshery');
  await scene.kubectl('-n', 'meshery', 'rollout', 'status', 'deployment/meshery', '--timeout=120s');
  client = await scene.installed.reach(client);
  const agent = await scene.client({ secret: 'auth' }, { ...(await tls()), name: 'meshsync' });
  const place = { name: 'published', namespace: 'default' };
  const object = await scene.installed.cluster.admin.create(configMaps, configMapObject(place, random, 500));
  const event = encodeResourceEvent('ADDED', toKubernetesResource(JSON.stringify(object), clusterId));
  expect(await hasRow('ConfigMap', 'published')).toBe(false);
  await waitUntil({ what: 'the row', timeoutMs: 60_000, everyMs: 500 }, () => {
    agent.publish(publishedSubjects.core, event);
    return hasRow('ConfigMap', 'published');
  });
}, 240_000);

test('agent and bridge heal when the broker comes back without its volume', async () => {
  await scene.installed.install('server', 'kustomize');
  await scene.installed.holds('meshsync/meshery-meshsync');
  await inSync();
  const end = creating();
  const { metadata } = await scene.read({ resource: 'pods/meshery-nats-0' });
  await scene.kubectl('-n', 'meshery', 'delete', 'pod', 'meshery-nats-0', '--now');
  await waitUntil({ what: 'another pod', timeoutMs: 60_000 }, async () => {
    return (await scene.read({ resource: 'pods/meshery-nats-0' })).metadata.uid !== metadata.uid;
  });
  // What the Broker and the agent say of themselves may still be from before.
  await scene.kubectl('-n', 'meshery', 'wait', 'pod/meshery-nats-0', '--for=condition=Ready', '--timeout=120s');
  await scene.ready(broker, 1);
  await scene.installed.holds('meshsync/meshery-meshsync');
  await end(20);
  await inSync();
}, 720_000);

test('credentials are rotated while objects are created: nothing is lost, the old ones end', async () => {
  const names = ['meshery-nats-auth', 'meshery-nats-bridge'];
  const before = await Promise.all(names.map((name) => scene.secret(name, 'token')));
  const end = creating();
  await scene.patch(broker, { metadata: { annotations: { 'meshery.io/rotate-credentials': '1' } } });
  const after = await waitUntil({ what: 'other credentials', timeoutMs: 120_000, everyMs: 500 }, async () => {
    const now = await Promise.all(names.map((name) => scene.secret(name, 'token')));
    return now.every((token, index) => token !== before[index]) && now;
  });
  const servers = `${await scene.podAddress('meshery-nats-0')}:4222`;
  const options = { servers, ...(await tls()) };
  // Whoever reads the Secret now can use it at once, and who has not yet read it goes on.
  for (const token of [...after, ...before]) await (await scene.connect({ ...options, ...loginOf(token) })).close();
  await waitUntil({ what: 'the end of the old credentials', timeoutMs: 240_000, everyMs: 1000 }, async () => {
    const answers = await Promise.all(before.map((token) => isRefused({ ...options, ...loginOf(token) })));
    return answers.every((refused) => refused);
  });
  await scene.installed.holds('meshsync/meshery-meshsync');
  await end(200);
  await inSync();
  const users = after.map((token) => token.split(':')[0]).sort();
  let connected: readonly string[] = [];
  const explain = (): string => `connected: ${connected.join(', ')}; expected: ${users.join(', ')}`;
  await waitUntil({ what: 'the new users alone', timeoutMs: 60_000, everyMs: 1000, explain }, async () => {
    connected = await connectedUsers();
    return connected.join() === users.join();
  });
}, 720_000);
