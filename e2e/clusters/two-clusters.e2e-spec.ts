import type { NatsConnection } from '@nats-io/transport-node';
import { KubeAdmin, waitUntil } from '@meshery/testing';
import { heard } from '../support/heard.ts';
import { LinkedBroker } from '../support/linked-brokers.ts';
import { OutsideServer, allReady, managedCluster, readyOf, write } from '../support/two-clusters.ts';
import type { Managed } from '../support/two-clusters.ts';

interface GatewayZ {
  readonly outbound_gateways?: Readonly<Record<string, { readonly connection: { readonly tls_version?: string } }>>;
  readonly inbound_gateways?: Readonly<Record<string, unknown>>;
}

interface LeafZ {
  readonly leafs?: readonly { readonly name: string }[];
}

/** From the API server's answer to the row in REST: less than anything waits for a cluster that is cut off. */
const VISIBLE_MS = 10_000;
/** For what has to be noticed, or to come back, first. */
const HEALED_MS = 60_000;

const undo = new AsyncDisposableStack();
let one: Managed;
let two: Managed;
let outside: OutsideServer;

beforeAll(async () => {
  one = await managedCluster('NodePort');
  undo.defer(() => one.cluster.stop());
  two = await managedCluster('ClusterIP');
  undo.defer(() => two.cluster.stop());
  await allReadyIn();
  outside = await OutsideServer.start([one, two]);
  undo.defer(() => outside.stop());
}, 600_000);

afterAll(() => undo.disposeAsync(), 120_000);

async function allReadyIn(): Promise<void> {
  for (const managed of [one, two]) await allReady(managed);
}

test('a server outside of both keeps them apart: one broker by NodePort, one by port-forward', async () => {
  expect(one.id).not.toBe(two.id);
  await write(one, 'in-one');
  await write(two, 'in-two');
  await outside.sees(one, 'in-one', HEALED_MS);
  await outside.sees(two, 'in-two', HEALED_MS);
  expect(await outside.has(one, 'in-two')).toBe(false);
  expect(await outside.has(two, 'in-one')).toBe(false);
  await write(one, 'live-one');
  await write(two, 'live-two');
  await outside.sees(one, 'live-one', HEALED_MS);
  await outside.sees(two, 'live-two', HEALED_MS);
});

test('the rights of the bridge end where its broker does: no port-forward to another pod', async () => {
  const { access } = two.cluster;
  const bridge = new KubeAdmin({ ...access, adminToken: two.bridgeToken });
  const forward = (pod: string): string => `/api/v1/namespaces/${pod.replace('/', '/pods/')}/portforward?ports=8080`;
  const statuses = await Promise.all(
    ['meshery/meshery-nats-0', 'kube-system/coredns', 'default/any'].map((pod) => bridge.send({ path: forward(pod) })),
  );
  bridge.close();
  // 400: it may, but did not ask for a stream.
  expect(statuses.map(({ status }) => status)).toEqual([400, 403, 403]);
});

describe('brokers of two clusters, joined by NodePorts', () => {
  const clients: NatsConnection[] = [];
  let east: LinkedBroker;
  let west: LinkedBroker;
  let edge: LinkedBroker;

  beforeAll(async () => {
    const gateways = (name: string) => ({ name, credentialsSecret: `${name}-links`, caSecret: `${name}-links` });
    east = await LinkedBroker.create(one, 'east', { leafNodes: { accept: true }, gateways: gateways('east') });
    west = await LinkedBroker.create(two, 'west', { gateways: gateways('west') });
    await east.waitsFor('CredentialsMissing');
    await west.waitsFor('CredentialsMissing');
    for (const [here, there] of [
      [east, west],
      [west, east],
    ] as const) {
      const remotes = [{ name: there.name, urls: [`tls://${await there.address('gateway')}`] }];
      await here.patch({ gateways: { ...gateways(here.name), remotes } });
      const authority = await there.secret('ca', 'ca.crt');
      await here.trust(`${here.name}-links`, { credentials: 'gateway:shared-password', 'ca.crt': authority });
    }
    await east.ready();
    await west.ready();
    const leafNodes = {
      remotes: [`tls://${await east.address('leafnodes')}`],
      credentialsSecret: 'hub',
      caSecret: 'hub',
    };
    edge = await LinkedBroker.create(two, 'edge', { leafNodes });
    const credentials = await east.secret('leaf', 'credentials');
    await edge.trust('hub', { credentials, 'ca.crt': await east.secret('ca', 'ca.crt') });
    await edge.ready();
  }, 900_000);

  afterAll(async () => {
    for (const client of clients) await client.close();
  });

  async function clientOf(broker: LinkedBroker, role: 'auth' | 'bridge'): Promise<NatsConnection> {
    const client = await broker.client(role);
    clients.push(client);
    return client;
  }

  async function crosses(from: LinkedBroker, to: LinkedBroker): Promise<void> {
    const text = `from ${from.name} to ${to.name}`;
    await heard(await clientOf(from, 'auth'), await clientOf(to, 'bridge'), text);
  }

  test('each is in /gatewayz of the other, over the NodePort and encrypted, and messages cross both ways', async () => {
    for (const [here, there] of [
      [east, west],
      [west, east],
    ] as const) {
      await waitUntil({ what: `${there.name} in /gatewayz of ${here.name}`, timeoutMs: HEALED_MS }, async () => {
        const { outbound_gateways: out = {}, inbound_gateways: into = {} } = await here.monitor<GatewayZ>('gatewayz');
        return there.name in into && out[there.name]?.connection.tls_version === '1.3';
      });
      await crosses(here, there);
    }
  });

  test('a leaf is in /leafz of its hub in the other cluster, and messages cross both ways', async () => {
    await waitUntil({ what: 'the leaf', timeoutMs: HEALED_MS }, async () => {
      const { leafs = [] } = await east.monitor<LeafZ>('leafz');
      return leafs.some(({ name }) => name === 'edge-nats-0');
    });
    await crosses(edge, east);
    await crosses(east, edge);
    await crosses(edge, west);
  });
});

test('while the node of one is cut off, the other is as before; then the first catches up by itself', async () => {
  await one.cluster.setNodeConnected(1, false);
  try {
    await write(one, 'while-away');
    for (let turn = 0; turn < 5; turn += 1) {
      await write(two, `undisturbed-${String(turn)}`);
      await outside.sees(two, `undisturbed-${String(turn)}`, VISIBLE_MS);
    }
    expect(await outside.has(one, 'while-away')).toBe(false);
    expect(await readyOf(two, 'meshsync/meshery-meshsync')).toBe('True');
  } finally {
    await one.cluster.setNodeConnected(1, true);
  }
  await outside.sees(one, 'while-away', HEALED_MS);
  await waitUntil({ what: 'both being well', timeoutMs: HEALED_MS }, async () => {
    const states = [one, two].flatMap((managed) =>
      ['broker/meshery-broker', 'meshsync/meshery-meshsync'].map((name) => readyOf(managed, name)),
    );
    return (await Promise.all(states)).every((state) => state === 'True');
  });
}, 420_000);
