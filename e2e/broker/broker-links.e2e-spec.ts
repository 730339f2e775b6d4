import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { batchSubject } from '@meshery/contracts';
import { batchStream } from '@meshery/messaging';
import { ensureTestNeeds, waitUntil } from '@meshery/testing';
import { NatsBroker } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { BrokerScene } from '../support/broker-scene.ts';
import type { Access } from '../support/broker-scene.ts';
import { heard } from '../support/heard.ts';
import { leafNeedsTls, refusal } from '../support/nats-listener.ts';
import type { Listener } from '../support/nats-listener.ts';

const hub: Access = {};
const edge: Access = { namespace: 'edge', base: 'edge-nats' };
const east: Access = { namespace: 'east', base: 'east-nats' };
const west: Access = { namespace: 'west', base: 'west-nats' };
/** For what a stream answers. */
const patient = { timeout: 30_000 };
const monitorOf = ({ namespace = 'meshery', base = 'meshery-nats' }: Access): string =>
  `http://${base}.${namespace}.svc:8222`;

let scene: BrokerScene;

beforeAll(async () => {
  const images = ['operator', 'nats-server', 'nats-config-reloader', 'nats-exporter'];
  scene = await BrokerScene.start({ images });
  await scene.create('Broker', 'meshery-broker', {
    exporter: { enabled: true },
    clustering: { leafNodes: { accept: true } },
  });
  await scene.ready({ resource: 'brokers/meshery-broker' }, 1);
}, 600_000);

afterAll(() => scene.stop());

/** What one says arrives at the other. */
async function crosses(from: Access, to: Access): Promise<void> {
  const speaker = await scene.client({ ...from, secret: 'auth' });
  await heard(speaker, await scene.client(to), `from ${from.base ?? 'hub'}`);
}

async function messagesIn(connection: NatsConnection): Promise<number> {
  const manager = await jetstreamManager(connection, { checkAPI: false, ...patient });
  return (await manager.streams.info(batchStream().name)).state.messages;
}

/** Makes the stream as an agent of a Broker does. */
async function withStream(access: Access): Promise<NatsConnection> {
  const { namespace = 'meshery', base = 'meshery-nats' } = access;
  const token = await scene.secret(`${base}-auth`, 'token', namespace);
  const url = `nats://${await scene.podAddress(`${base}-0`, namespace)}:4222`;
  const agent = new NatsBroker(
    { url, name: 'test', token: () => token, ...(await scene.trust(access)) },
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

/** Makes a Secret, or changes it. */
async function secret(namespace: string, name: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const { admin } = scene.installed.cluster;
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const { status } = await admin.send({ path: `${path}/${name}` });
  if (status === 200) await admin.patch(`${path}/${name}`, { stringData: texts });
  else await admin.create(path, { metadata: { name }, stringData: texts });
}

const authorityOf = ({ namespace = 'meshery', base = 'meshery-nats' }: Access): Promise<string> =>
  scene.secret(`${base}-ca`, 'ca.crt', namespace);

/** A port of a broker for other servers, as who trusts the Broker's authority sees it. */
async function listener(access: Access, port: number): Promise<Listener> {
  const { namespace = 'meshery', base = 'meshery-nats' } = access;
  const host = await scene.podAddress(`${base}-0`, namespace);
  return { host, port, ca: await authorityOf(access), servername: `${base}.${namespace}.svc` };
}

async function uidOf(pod: string, namespace: string): Promise<string> {
  return (await scene.read({ resource: `pods/${pod}`, namespace })).metadata.uid;
}

async function says(pod: string, namespace: string, words: RegExp): Promise<void> {
  await waitUntil({ what: `${String(words)} of ${pod}`, timeoutMs: 60_000, everyMs: 1000 }, async () => {
    return words.test(await scene.kubectl('-n', namespace, 'logs', pod, '-c', 'nats'));
  });
}

async function leaves(): Promise<readonly { readonly name: string; readonly account: string }[]> {
  const { leafs = [] } = JSON.parse(await scene.ask(`${monitorOf(hub)}/leafz`)) as {
    readonly leafs?: readonly { readonly name: string; readonly account: string }[];
  };
  return leafs;
}

describe('a Broker that is a leaf of another one (7422)', () => {
  beforeAll(async () => {
    await scene.namespace('edge');
    const leafNodes = { remotes: ['tls://meshery-nats.meshery.svc:7422'], credentialsSecret: 'hub', caSecret: 'hub' };
    await scene.create('Broker', 'edge', { clustering: { leafNodes } }, 'edge');
    const place = { resource: 'brokers/edge', namespace: 'edge' };
    await scene.condition(place, { type: 'Progressing', status: 'True', reason: 'CredentialsMissing' });
    const credentials = await scene.secret('meshery-nats-leaf', 'credentials');
    await secret('edge', 'hub', { credentials, 'ca.crt': await authorityOf(edge) });
    await scene.ready(place, 1);
  }, 480_000);

  test('does not join who has a certificate of another authority, and says so; the right one needs no restart', async () => {
    await says('edge-nats-0', 'edge', /TLS leafnode handshake error.*unknown authority/);
    expect(await leaves()).toEqual([]);
    const before = await uidOf('edge-nats-0', 'edge');
    await secret('edge', 'hub', { 'ca.crt': await authorityOf(hub) });
    await waitUntil({ what: 'the leaf', timeoutMs: 180_000, everyMs: 2000 }, async () => (await leaves()).length === 1);
    expect(await uidOf('edge-nats-0', 'edge')).toBe(before);
  }, 300_000);

  test('is encrypted: nobody is taken without TLS', async () => {
    expect(await leafNeedsTls(await listener(hub, 7422))).toBe(true);
  });

  test('is in /leafz of the other', async () => {
    await waitUntil({ what: 'the leaf', timeoutMs: 60_000, everyMs: 1000 }, async () => {
      const [leaf] = await leaves();
      return leaf?.account === 'MESHERY' && leaf.name === 'edge-nats-0';
    });
  });

  test('messages cross in both directions', async () => {
    await crosses(edge, hub);
    await crosses(hub, edge);
  });

  test('batches stay in the stream of their own broker', async () => {
    const [there, here] = [await withStream(edge), await withStream(hub)];
    const subject = batchSubject(await clusterId());
    await jetstream(there).publish(subject, 'from the edge', patient);
    await jetstream(here).publish(subject, 'from the hub', patient);
    await jetstream(here).publish(subject, 'from the hub again', patient);
    expect(await messagesIn(await scene.client(edge))).toBe(1);
    expect(await messagesIn(await scene.client(hub))).toBe(2);
  });

  test('credentials of leaves are of no use to clients', async () => {
    const [user = '', pass = ''] = (await scene.secret('meshery-nats-leaf', 'credentials')).split(':');
    const servers = `${await scene.podAddress('meshery-nats-0')}:4222`;
    await expect(scene.connect({ servers, user, pass, ...(await scene.trust()) })).rejects.toThrow(/authorization/i);
  });
});

interface GatewayZ {
  readonly outbound_gateways?: Readonly<Record<string, { readonly connection: { readonly tls_version?: string } }>>;
  readonly inbound_gateways?: Readonly<Record<string, unknown>>;
}

describe('two Brokers with gateways (7522)', () => {
  beforeAll(async () => {
    for (const [name, other] of [
      ['east', 'west'],
      ['west', 'east'],
    ] as const) {
      await scene.namespace(name);
      const remotes = [{ name: other, urls: [`tls://${other}-nats.${other}.svc:7522`] }];
      const gateways = { name, credentialsSecret: 'shared', caSecret: 'shared', remotes };
      await scene.create('Broker', name, { clustering: { gateways } }, name);
      const place = { resource: `brokers/${name}`, namespace: name };
      await scene.condition(place, { type: 'Progressing', status: 'True', reason: 'CredentialsMissing' });
    }
    const credentials = 'gateway:shared-password';
    await secret('east', 'shared', { credentials, 'ca.crt': await authorityOf(west) });
    await secret('west', 'shared', { credentials, 'ca.crt': await authorityOf(east) });
    await scene.ready({ resource: 'brokers/east', namespace: 'east' }, 1);
    await scene.ready({ resource: 'brokers/west', namespace: 'west' }, 1);
  }, 900_000);

  test.each([
    [east, 'west'],
    [west, 'east'],
  ])('each has the other in /gatewayz', async (access, other) => {
    await waitUntil({ what: 'both gateways', timeoutMs: 60_000, everyMs: 1000 }, async () => {
      const { outbound_gateways: out = {}, inbound_gateways: into = {} } = JSON.parse(
        await scene.ask(`${monitorOf(access)}/gatewayz`),
      ) as GatewayZ;
      return other in into && out[other]?.connection.tls_version === '1.3';
    });
  });

  test.each([
    [7522, 'gateways'],
    [6222, 'routes'],
  ])('%i is encrypted, and nobody is taken without a certificate', async (port) => {
    expect(await refusal(await listener(east, port))).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  });

  test('messages cross in both directions', async () => {
    await crosses(east, west);
    await crosses(west, east);
  });

  test('the super-cluster has one JetStream: what one stores is in the stream that both see', async () => {
    const [here, there] = [await withStream(east), await withStream(west)];
    const subject = batchSubject(await clusterId());
    await jetstream(here).publish(subject, 'from the east', patient);
    await jetstream(there).publish(subject, 'from the west', patient);
    expect(await messagesIn(await scene.client(east))).toBe(2);
    expect(await messagesIn(await scene.client(west))).toBe(2);
  });
});

/** Starts a real Prometheus in a pod of another namespace, which scrapes one target each second; answers its URL. */
async function prometheusPod(target: string): Promise<string> {
  await ensureTestNeeds(['prometheus']);
  const { admin } = scene.installed.cluster;
  const scrape = { job_name: 'test', scrape_interval: '1s', static_configs: [{ targets: [target] }] };
  const config = JSON.stringify({ scrape_configs: [scrape] });
  await admin.create('/api/v1/namespaces/default/configmaps', {
    metadata: { name: 'prometheus' },
    data: { 'prometheus.yml': config },
  });
  await scene.pod('prometheus', {
    command: ['/program', '--config.file=/config/prometheus.yml', '--storage.tsdb.path=/data'],
    volumes: {
      '/program': { hostPath: { path: '/usr/bin/prometheus', type: 'File' } },
      '/config': { configMap: { name: 'prometheus' } },
      '/data': { emptyDir: {} },
    },
  });
  return `http://${await scene.podAddress('prometheus', 'default')}:9090`;
}

test('a Prometheus in a pod scrapes the exporter (7777)', async () => {
  const url = await prometheusPod(`${await scene.podAddress('meshery-nats-0')}:7777`);
  const value = async (metric: string): Promise<number> => {
    const answer = await scene.ask(`${url}/api/v1/query?query=${metric}`);
    const { data } = JSON.parse(answer) as { data: { result: readonly { value: readonly [number, string] }[] } };
    return Number(data.result[0]?.value[1]);
  };
  await waitUntil({ what: 'a scrape', timeoutMs: 60_000, everyMs: 500 }, async () => (await value('up')) === 1);
  const told = { what: 'the number of connections', timeoutMs: 60_000, everyMs: 500 };
  await waitUntil(told, async () => (await value('nats_varz_connections')) >= 0);
});
