import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { batchSubject } from '@meshery/contracts';
import { batchStream } from '@meshery/messaging';
import { httpRequest, waitUntil } from '@meshery/testing';
import { NatsBroker } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { BrokerScene } from '../support/broker-scene.ts';
import type { Access } from '../support/broker-scene.ts';
import { PrometheusServer } from '../support/prometheus-server.ts';

const plain = { tls: { mode: 'off' } };
const hub: Access = {};
const edge: Access = { namespace: 'edge', base: 'edge-nats' };
const east: Access = { namespace: 'east', base: 'east-nats' };
const west: Access = { namespace: 'west', base: 'west-nats' };
const monitorOf = ({ namespace = 'meshery', base = 'meshery-nats' }: Access): string =>
  `http://${base}.${namespace}.svc:8222`;

let scene: BrokerScene;

beforeAll(async () => {
  const images = ['operator', 'nats-server', 'nats-config-reloader', 'nats-exporter'];
  scene = await BrokerScene.start({ images });
  await scene.create('Broker', 'meshery-broker', {
    ...plain,
    exporter: { enabled: true },
    clustering: { leafNodes: { accept: true } },
  });
  await scene.ready({ resource: 'brokers/meshery-broker' }, 1);
}, 600_000);

afterAll(() => scene.stop());

/** What one says arrives at the other. */
async function crosses(from: Access, to: Access): Promise<void> {
  const speaker = await scene.client({ ...from, secret: 'auth' });
  const listener = await scene.client(to);
  const heard: string[] = [];
  const callback = (_: unknown, message: { string(): string }): void => void heard.push(message.string());
  listener.subscribe('exec.hello', { callback });
  await listener.flush();
  await waitUntil({ what: `a message from ${from.base ?? 'hub'}`, timeoutMs: 30_000, everyMs: 200 }, async () => {
    speaker.publish('exec.hello', `to ${to.base ?? 'hub'}`);
    await speaker.flush();
    return heard.includes(`to ${to.base ?? 'hub'}`);
  });
}

async function messagesIn(connection: NatsConnection): Promise<number> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  return (await manager.streams.info(batchStream().name)).state.messages;
}

/** Makes the stream as an agent of a Broker does. */
async function withStream(access: Access): Promise<NatsConnection> {
  const { namespace = 'meshery', base = 'meshery-nats' } = access;
  const token = await scene.secret(`${base}-auth`, 'token', namespace);
  const url = `nats://${await scene.podAddress(`${base}-0`, namespace)}:4222`;
  const agent = new NatsBroker(
    { url, name: 'test', token: () => token },
    { clock: systemClock, logger: createLogger({ service: 'test', level: 'silent' }) },
  );
  await agent.open(AbortSignal.timeout(30_000));
  await agent.ensureStream(batchStream(), AbortSignal.timeout(30_000));
  await agent.close();
  return scene.client({ ...access, secret: 'auth' });
}

async function clusterId(): Promise<string> {
  return (await scene.installed.cluster.admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
}

async function secret(namespace: string, name: string, credentials: string): Promise<void> {
  await scene.installed.cluster.admin.create(`/api/v1/namespaces/${namespace}/secrets`, {
    metadata: { name },
    stringData: { credentials },
  });
}

describe('a Broker that is a leaf of another one (7422)', () => {
  beforeAll(async () => {
    await scene.namespace('edge');
    const leafNodes = { remotes: ['nats://meshery-nats.meshery.svc:7422'], credentialsSecret: 'hub' };
    await scene.create('Broker', 'edge', { ...plain, clustering: { leafNodes } }, 'edge');
    const place = { resource: 'brokers/edge', namespace: 'edge' };
    await scene.condition(place, { type: 'Progressing', status: 'True', reason: 'CredentialsMissing' });
    await secret('edge', 'hub', await scene.secret('meshery-nats-leaf', 'credentials'));
    await scene.ready(place, 1);
  }, 240_000);

  test('is in /leafz of the other', async () => {
    await waitUntil({ what: 'the leaf', timeoutMs: 30_000, everyMs: 1000 }, async () => {
      const { leafs = [] } = JSON.parse(await scene.ask(`${monitorOf(hub)}/leafz`)) as {
        readonly leafs?: readonly { readonly name: string; readonly account: string }[];
      };
      return leafs.length === 1 && leafs[0]?.account === 'MESHERY' && leafs[0].name === 'edge-nats-0';
    });
  });

  test('messages cross in both directions', async () => {
    await crosses(edge, hub);
    await crosses(hub, edge);
  });

  test('batches stay in the stream of their own broker', async () => {
    const [there, here] = [await withStream(edge), await withStream(hub)];
    const subject = batchSubject(await clusterId());
    await jetstream(there).publish(subject, 'from the edge');
    await jetstream(here).publish(subject, 'from the hub');
    await jetstream(here).publish(subject, 'from the hub again');
    expect(await messagesIn(await scene.client(edge))).toBe(1);
    expect(await messagesIn(await scene.client(hub))).toBe(2);
  });

  test('credentials of leaves are of no use to clients', async () => {
    const [user = '', pass = ''] = (await scene.secret('meshery-nats-leaf', 'credentials')).split(':');
    const servers = `${await scene.podAddress('meshery-nats-0')}:4222`;
    await expect(scene.connect({ servers, user, pass })).rejects.toThrow(/authorization/i);
  });
});

describe('two Brokers with gateways (7522)', () => {
  beforeAll(async () => {
    for (const [name, other] of [
      ['east', 'west'],
      ['west', 'east'],
    ] as const) {
      await scene.namespace(name);
      await secret(name, 'shared', 'gateway:shared-password');
      const remotes = [{ name: other, urls: [`nats://${other}-nats.${other}.svc:7522`] }];
      const gateways = { name, credentialsSecret: 'shared', remotes };
      await scene.create('Broker', name, { ...plain, clustering: { gateways } }, name);
    }
    await scene.ready({ resource: 'brokers/east', namespace: 'east' }, 1);
    await scene.ready({ resource: 'brokers/west', namespace: 'west' }, 1);
  }, 300_000);

  test.each([
    [east, 'west'],
    [west, 'east'],
  ])('each has the other in /gatewayz', async (access, other) => {
    await waitUntil({ what: 'both gateways', timeoutMs: 30_000, everyMs: 1000 }, async () => {
      const answer = JSON.parse(await scene.ask(`${monitorOf(access)}/gatewayz`)) as Record<
        'outbound_gateways' | 'inbound_gateways',
        Readonly<Record<string, unknown>> | undefined
      >;
      return other in (answer.outbound_gateways ?? {}) && other in (answer.inbound_gateways ?? {});
    });
  });

  test('messages cross in both directions', async () => {
    await crosses(east, west);
    await crosses(west, east);
  });

  test('the super-cluster has one JetStream: what one stores is in the stream that both see', async () => {
    const [here, there] = [await withStream(east), await withStream(west)];
    const subject = batchSubject(await clusterId());
    await jetstream(here).publish(subject, 'from the east');
    await jetstream(there).publish(subject, 'from the west');
    expect(await messagesIn(await scene.client(east))).toBe(2);
    expect(await messagesIn(await scene.client(west))).toBe(2);
  });
});

test('a Prometheus scrapes the exporter (7777)', async () => {
  await using prometheus = await PrometheusServer.start(`${await scene.podAddress('meshery-nats-0')}:7777`);
  await waitUntil({ what: 'a scrape', timeoutMs: 30_000, everyMs: 500 }, async () => {
    return (await prometheus.value('up')) === 1;
  });
  expect(await prometheus.value('nats_varz_connections')).toBeGreaterThanOrEqual(0);
  const { status } = await httpRequest(`${prometheus.url}/-/healthy`);
  expect(status).toBe(200);
});
