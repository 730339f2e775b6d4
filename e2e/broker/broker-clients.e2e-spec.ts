import { connect as dial } from 'node:net';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { allBatchesSubject, batchSubject, controlSubject } from '@meshery/contracts';
import { NatsBroker, batchStream } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { crdObject, customKind, waitUntil } from '@meshery/testing';
import { BrokerScene } from '../support/broker-scene.ts';
import type { Place } from '../support/broker-scene.ts';

const strict = { namespace: 'meshery', base: 'strict-nats' };
const strictBroker = { resource: 'brokers/strict' };
const widgets = customKind('widget', 'example.com');
const agent = { resource: 'meshsyncs/agent', namespace: 'elsewhere' };
/** From the annotation to the answer. */
const PROBE_MS = 5000;
/** For what the stream answers. */
const patient = { timeout: 30_000 };

let scene: BrokerScene;
/** When the stream of the strict Broker was made, in ms. */
let streamCreated = 0;

beforeAll(async () => {
  const images = ['operator', 'meshsync', 'nats-server', 'nats-config-reloader'];
  scene = await BrokerScene.start({ networkPolicies: true, images });
  await scene.create('Broker', 'strict', { tls: { mode: 'required' }, storage: await defaultStorage() });
  await scene.create('Broker', 'open', { tls: { mode: 'optional' } });
  await scene.create('Broker', 'shared', { tls: { mode: 'off' }, auth: { mode: 'token' } });
  await scene.namespace('elsewhere');
  for (const name of ['strict', 'open', 'shared']) await scene.ready({ resource: `brokers/${name}` }, 1);
}, 600_000);

afterAll(() => scene.stop());

/** Volumes of the class that the cluster has for everybody. */
async function defaultStorage(): Promise<object> {
  const name = await scene.kubectl('get', 'storageclass', '-o', 'jsonpath={.items[0].metadata.name}');
  return { className: name, size: '2Gi' };
}

async function addressOf(base: string): Promise<string> {
  return `${await scene.podAddress(`${base}-0`)}:4222`;
}

/** What the server says to a client that goes on without TLS, as published ones do; nothing when it hangs up. */
async function withoutTls(base: string): Promise<string> {
  const [host = '', port] = (await addressOf(base)).split(':');
  const [user, pass] = (await scene.secret(`${base}-auth`, 'token')).split(':');
  const socket = dial(Number(port), host);
  socket.write(`CONNECT ${JSON.stringify({ verbose: false, user, pass })}\r\nPING\r\n`);
  let said = '';
  socket.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')));
  socket.on('error', () => undefined);
  try {
    await waitUntil({ what: 'an answer', timeoutMs: 60_000 }, () => /PONG|-ERR/.test(said) || socket.destroyed);
    return said.replace(/^INFO .*\r\n/, '').trim();
  } finally {
    socket.destroy();
  }
}

describe('TLS', () => {
  test('required: a client without it is refused, one with it is taken', async () => {
    expect(await withoutTls('strict-nats')).toBe('');
    const client = await scene.client(strict);
    await client.flush();
  });

  test('optional: both are taken', async () => {
    expect(await withoutTls('open-nats')).toBe('PONG');
    const client = await scene.client({ base: 'open-nats' });
    await client.flush();
  });

  test('one token for everybody is taken from the URL, as published', async () => {
    const token = await scene.secret('shared-nats-auth', 'token');
    expect(token).toMatch(/^t[0-9a-f]{64}$/);
    expect(await scene.secret('shared-nats-bridge', 'token')).toBe(token);
    const url = `nats://${token}@${await addressOf('shared-nats')}`;
    const client = new NatsBroker({ url, name: 'meshsync' }, parts());
    await client.open(AbortSignal.timeout(30_000));
    await client.flush();
    await client.close();
    await expect(scene.connect({ servers: await addressOf('shared-nats') })).rejects.toThrow(/authorization/i);
  });
});

describe('where NetworkPolicies hold', () => {
  beforeAll(async () => {
    await scene.pod('published', { labels: { app: 'meshery' } });
    await scene.pod('stranger');
  }, 300_000);

  async function reaches(pod: string, port: number): Promise<boolean> {
    const target = `${String(port)},'${await scene.podAddress('open-nats-0')}'`;
    const said = await scene.inPod(
      `const s=require('net').connect(${target},()=>{process.stdout.write('open');process.exit()});` +
        `s.on('error',()=>process.exit());setTimeout(()=>process.exit(),2000)`,
      pod,
    );
    return said === 'open';
  }

  test.each([
    ['asker', 'a part of Meshery'],
    ['published', 'an agent of the published operator'],
  ])('%s, %s, reaches the monitor (8222) and the clients (4222)', async (pod) => {
    const opened = { what: 'both ports', timeoutMs: 60_000, everyMs: 500 };
    await waitUntil(opened, async () => (await reaches(pod, 8222)) && (await reaches(pod, 4222)));
  });

  test('a stranger reaches 4222 and not 8222, nor does the machine outside', async () => {
    await waitUntil({ what: '4222', timeoutMs: 60_000, everyMs: 500 }, () => reaches('stranger', 4222));
    expect(await reaches('stranger', 8222)).toBe(false);
    const signal = AbortSignal.timeout(2000);
    await expect(fetch(`http://${await scene.podAddress('open-nats-0')}:8222/varz`, { signal })).rejects.toThrow();
  });

  test('the metrics of the operator (8443) are for a pod whose account may get them, and for no other', async () => {
    await scene.kubectl('create', 'clusterrole', 'scraper', '--verb=get', '--non-resource-url=/metrics');
    await scene.kubectl('create', 'serviceaccount', 'scraper');
    await scene.kubectl('create', 'serviceaccount', 'idler');
    await scene.kubectl(
      'create',
      'clusterrolebinding',
      'scraper',
      '--clusterrole=scraper',
      '--serviceaccount=default:scraper',
    );
    const { spec } = await scene.read({ resource: 'services/meshery-operator-metrics' });
    const url = `https://${String(spec?.['clusterIP'])}:8443/metrics`;
    const scraped = async (account: string): Promise<string> => {
      const token = (await scene.kubectl('create', 'token', account)).trim();
      const options = JSON.stringify({ rejectUnauthorized: false, headers: { authorization: `Bearer ${token}` } });
      return scene.inPod(
        `require('https').get('${url}',${options},(a)=>a.pipe(process.stdout));setTimeout(()=>process.exit(),2000)`,
        'stranger',
      );
    };
    await waitUntil({ what: 'the metrics', timeoutMs: 60_000, everyMs: 1000 }, async () => {
      return (await scraped('scraper')).includes('meshery_operator_reconcile_total{');
    });
    expect(await scraped('idler')).not.toContain('meshery_operator');
  });
});

describe('the user of an agent', () => {
  let client: NatsConnection;
  let clusterId: string;

  beforeAll(async () => {
    clusterId = (await scene.installed.cluster.admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
    const token = await scene.secret('strict-nats-auth', 'token');
    const url = `nats://${await addressOf('strict-nats')}`;
    const own = new NatsBroker({ url, name: 'test', token: () => token, ...(await scene.trust(strict)) }, parts());
    await own.open(AbortSignal.timeout(30_000));
    const made = await own.ensureStream(batchStream(), AbortSignal.timeout(30_000));
    streamCreated = made.createdAtUnixMs;
    await own.close();
    client = await scene.client({ ...strict, secret: 'auth' });
  });

  test('publishes the batches of its own cluster, and no others', async () => {
    await jetstream(client).publish(batchSubject(clusterId), 'mine', patient);
    await expect(jetstream(client).publish(batchSubject('another'), 'foreign', patient)).rejects.toThrow(/permission/i);
  });

  test.each([
    ['control of another cluster', controlSubject('another')],
    ['batches', allBatchesSubject],
    ['everything', '>'],
  ])('does not hear %s', async (_, subject) => {
    const refusals: (Error | null)[] = [];
    client.subscribe(subject, { callback: (error) => void refusals.push(error) });
    await waitUntil({ what: 'the refusal', timeoutMs: 60_000 }, () => refusals.length > 0);
    expect(String(refusals[0])).toMatch(/permission/i);
  });

  test('cannot delete or empty the stream, nor take from it', async () => {
    const { streams, consumers } = await jetstreamManager(client, { checkAPI: false, timeout: 2000 });
    const { name } = batchStream();
    const bridge = await jetstreamManager(await scene.client(strict), { checkAPI: false, ...patient });
    const state = async () => (await bridge.streams.info(name)).state;
    await jetstream(client).publish(batchSubject(clusterId), 'stays', patient);
    const { messages } = await state();
    await expect(streams.delete(name)).rejects.toThrow();
    await expect(streams.purge(name)).rejects.toThrow();
    await expect(consumers.add(name, { durable_name: 'thief' })).rejects.toThrow();
    await expect(streams.getMessage(name, { seq: 1 })).rejects.toThrow();
    expect(messages).toBeGreaterThan(0);
    expect(await state()).toMatchObject({ messages, consumer_count: 0 });
  });
});

describe('an agent', () => {
  test('in another namespace than its Broker publishes to it', async () => {
    await scene.create(
      'MeshSync',
      'agent',
      { broker: { native: { name: 'strict', namespace: 'meshery' } } },
      'elsewhere',
    );
    await scene.condition(agent, { type: 'BrokerConnected', status: 'True' });
  });

  test('without a right says so with kind, verb and remedy; the role that it asks for is enough', async () => {
    const { admin } = scene.installed.cluster;
    await admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crdObject(widgets));
    const said = await scene.condition(agent, {
      type: 'Authorized',
      status: 'False',
      reason: 'Forbidden',
      message: /widgets/,
    });
    expect(said).toContain('list widgets.v1.example.com');
    expect(said).toContain('apiGroups "example.com", resources "widgets" and verbs "list" and "watch"');
    const rules = [{ apiGroups: ['example.com'], resources: ['widgets'], verbs: ['list', 'watch'] }];
    const labels = { 'meshery.io/aggregate-to-reader-core': 'true' };
    await admin.create('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
      metadata: { name: 'widgets', labels },
      rules,
    });
    await scene.condition(agent, { type: 'Authorized', status: 'True' });
  }, 480_000);

  test.each([
    ['the Broker', 'brokers/strict', 'meshery'],
    ['the MeshSync', 'meshsyncs/agent', 'elsewhere'],
  ])('a probe of %s says that all is well', async (_, resource, namespace) => {
    await probed({ resource, namespace }, 'broker ok');
  });

  test('a probe names the agent when it has no pod, and the broker when it has none', async () => {
    const node = JSON.parse(await scene.kubectl('get', 'nodes', '-o', 'json')) as {
      items: { metadata: { name: string } }[];
    };
    const name = node.items[0]?.metadata.name ?? '';
    await scene.kubectl('cordon', name);
    try {
      await scene.kubectl('-n', 'meshery', 'delete', 'pod', 'strict-nats-0', '--now', '--wait=true');
      await probed(agent, 'broker failed');
      await probed(strictBroker, 'broker failed');
      await scene.kubectl('-n', 'elsewhere', 'delete', 'pod', '-l', 'component=meshsync', '--now', '--wait=true');
      await probed(agent, 'meshsync failed');
      await probed(strictBroker, 'meshsync failed');
    } finally {
      await scene.kubectl('uncordon', name);
    }
    await scene.ready(strictBroker, 1);
    await scene.condition(agent, { type: 'BrokerConnected', status: 'True' });
    // The pod that went took no volume with it.
    const { streams } = await jetstreamManager(await scene.client(strict), { checkAPI: false, ...patient });
    expect(Date.parse((await streams.info(batchStream().name)).created)).toBe(streamCreated);
  }, 900_000);

  test('with the CA of another broker says so, and goes on when it is corrected', async () => {
    await scene.kubectl('-n', 'elsewhere', 'delete', 'meshsync', 'agent', '--wait=true');
    await ca(await scene.secret('open-nats-ca', 'ca.crt'));
    const url = 'tls://strict-nats.meshery.svc:4222';
    const custom = { url, credentialsSecret: 'own', caSecret: 'own' };
    await scene.create('MeshSync', 'agent', { broker: { custom } }, 'elsewhere');
    const said = await scene.condition(agent, { type: 'BrokerConnected', status: 'False', message: /TLS/ });
    expect(said).toContain('not trusted');
    expect(said).toContain('meshery-messaging-1507');
    await ca(await scene.secret('strict-nats-ca', 'ca.crt'));
    await scene.condition(agent, { type: 'BrokerConnected', status: 'True' });
  }, 480_000);
});

function parts() {
  return { clock: systemClock, logger: createLogger({ service: 'test', level: 'silent' }) };
}

/** Asks for probes until one is answered as it should be, within the time that a probe may take. */
async function probed(place: Place, expected: string): Promise<void> {
  let asked = 0;
  let last = '';
  const explain = (): string => `${String(asked)} probes; last answer: ${last}`;
  await waitUntil({ what: `a probe of ${place.resource}: ${expected}`, timeoutMs: 60_000, explain }, async () => {
    asked += 1;
    last = 'none in time';
    const { hop = '', result = '' } = await probe(place, `${expected.replace(' ', '-')}-${String(asked)}`);
    last = `${hop} ${result}`;
    return last === expected;
  });
}

async function probe(place: Place, id: string): Promise<Readonly<Record<string, string>>> {
  await scene.patch(place, { metadata: { annotations: { 'meshery.io/probe': id } } });
  return waitUntil({ what: `the answer to ${id}`, timeoutMs: PROBE_MS }, async () => {
    const found = (await scene.read(place)).status?.probe;
    return found?.['id'] === id ? found : undefined;
  });
}

/** The Secret with which the user's own agent trusts and is trusted. */
async function ca(text: string): Promise<void> {
  const stringData = { token: await scene.secret('strict-nats-auth', 'token'), 'ca.crt': text };
  const path = '/api/v1/namespaces/elsewhere/secrets';
  const { status } = await scene.installed.cluster.admin.send({ path: `${path}/own` });
  if (status === 200) await scene.installed.cluster.admin.patch(`${path}/own`, { stringData });
  else await scene.installed.cluster.admin.create(path, { metadata: { name: 'own' }, stringData });
}
