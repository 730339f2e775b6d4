import { jetstreamManager } from '@nats-io/jetstream';
import { type StreamInfo } from '@nats-io/jetstream';
import { NatsBroker, batchStream } from '@meshery/messaging';
import type { ConsumerHandler, ConsumerSpec } from '@meshery/messaging';
import { batchSubject } from '@meshery/contracts';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { BrokerScene } from '../support/broker-scene.ts';
import type { Resource } from '../support/broker-scene.ts';
import { refusal } from '../support/nats-listener.ts';

const never = new AbortController().signal;
const logger = createLogger({ service: 'test', level: 'silent' });
const broker = { resource: 'brokers/meshery-broker' };
const servers = [0, 1, 2];
const nameOf = (server: number): string => `meshery-nats-${String(server)}`;

let scene: BrokerScene;
const opened: NatsBroker[] = [];

beforeAll(async () => {
  scene = await BrokerScene.start({ nodes: 3, images: ['operator', 'nats-server', 'nats-config-reloader'] });
  await scene.create('Broker', 'meshery-broker', { size: 1 });
  await scene.ready(broker, 1);
}, 600_000);

afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});

afterAll(() => scene.stop());

/** A broker as our own programs have it, on one of the servers. */
async function open(server: number, secret: 'auth' | 'bridge'): Promise<NatsBroker> {
  const token = await scene.secret(`meshery-nats-${secret}`, 'token');
  const url = `nats://${await scene.podAddress(nameOf(server))}:4222`;
  const options = { url, name: 'test', token: () => token, ...(await scene.trust()) };
  const client = new NatsBroker(options, { clock: systemClock, logger });
  opened.push(client);
  await client.open(AbortSignal.timeout(30_000));
  return client;
}

async function streamInfo(server: number): Promise<StreamInfo> {
  const connection = await scene.client({ server });
  try {
    return await (await jetstreamManager(connection, { checkAPI: false })).streams.info(batchStream().name);
  } finally {
    await connection.close();
  }
}

/** Consumes. A consumer has a leader of its own, drawn anew each time that it is made: until it is this server. */
async function consumeLedBy(
  leader: string,
  from: NatsBroker,
  onMessage: ConsumerHandler['onMessage'],
): Promise<() => Promise<void>> {
  const spec = { stream: batchStream().name, name: 'meshery-bridge', ackWaitMs: 30_000, maxInFlight: 64 };
  return waitUntil({ what: `a consumer led by ${leader}`, timeoutMs: 120_000 }, async () => {
    const stop = new AbortController();
    const started = Promise.withResolvers<undefined>();
    const onStart = (): void => {
      started.resolve(undefined);
    };
    const consumed = from.consume(spec, { onStart, onMessage }, stop.signal);
    const end = (): Promise<void> => {
      stop.abort();
      return consumed;
    };
    await started.promise;
    if ((await consumerLeader(spec).catch(() => undefined)) === leader) return end;
    await end();
    return undefined;
  });
}

async function consumerLeader({ stream, name }: ConsumerSpec): Promise<string | undefined> {
  const connection = await scene.client();
  try {
    const manager = await jetstreamManager(connection, { checkAPI: false });
    return (await manager.consumers.info(stream, name)).cluster?.leader;
  } finally {
    await connection.close();
  }
}

async function clusterId(): Promise<string> {
  const { metadata } = await scene.installed.cluster.admin.json({ path: '/api/v1/namespaces/kube-system' });
  return metadata.uid;
}

/** Stores batches until told to stop, one after the other; answers how many were acknowledged. */
function publishing(from: NatsBroker, subject: string): () => Promise<number> {
  const stop = new AbortController();
  const work = (async () => {
    let stored = 0;
    while (!stop.signal.aborted) {
      const id = `m${String(stored)}`;
      const sent = from.publishDurable(subject, Buffer.from(id), { messageId: id, signal: never, timeoutMs: 2000 });
      await sent.then(
        () => (stored += 1),
        () => undefined,
      );
    }
    return stored;
  })();
  return () => {
    stop.abort();
    return work;
  };
}

test('a stream made by one server keeps one copy', async () => {
  const agent = await open(0, 'auth');
  await agent.ensureStream(batchStream(), never);
  expect((await streamInfo(0)).config.num_replicas).toBe(1);
});

describe('grown to three servers', () => {
  let subject: string;

  beforeAll(async () => {
    subject = batchSubject(await clusterId());
    await scene.patch(broker, { spec: { size: 3 } });
    await scene.condition(broker, { type: 'Progressing', status: 'True' });
    await scene.ready(broker, 3);
  }, 480_000);

  test.each(servers)('server %i has routes to the two others', async (server) => {
    const url = `http://${nameOf(server)}.meshery-nats-headless.meshery.svc:8222/routez`;
    const others = servers.filter((other) => other !== server).map(nameOf);
    await waitUntil({ what: 'two routes', timeoutMs: 60_000, everyMs: 1000 }, async () => {
      const { routes } = JSON.parse(await scene.ask(url)) as { routes: { remote_name: string }[] };
      return [...new Set(routes.map(({ remote_name }) => remote_name))].sort().join() === others.join();
    });
  });

  test('the routes (6222) are encrypted, and no server is taken without a certificate', async () => {
    const trust = { ca: await scene.secret('meshery-nats-ca', 'ca.crt'), servername: 'meshery-nats.meshery.svc' };
    const said = await refusal({ host: await scene.podAddress(nameOf(1)), port: 6222, ...trust });
    expect(said).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  });

  test('the servers are on three nodes, and a drain takes one at a time', async () => {
    const pods = await Promise.all(servers.map((server) => scene.read({ resource: `pods/${nameOf(server)}` })));
    expect(new Set(pods.map(({ spec }) => spec?.['nodeName'])).size).toBe(3);
    await waitUntil({ what: 'a budget of one server', timeoutMs: 60_000 }, async () => {
      const { status } = await scene.read<Budget>({ resource: 'poddisruptionbudgets/meshery-nats' });
      return status?.disruptionsAllowed === 1 && status.expectedPods === 3;
    });
  });

  test('the stream has three copies', async () => {
    await (await open(1, 'auth')).ensureStream(batchStream(), never);
    await waitUntil({ what: 'two followers that are current', timeoutMs: 60_000, everyMs: 500 }, async () => {
      const { config, cluster } = await streamInfo(2);
      return config.num_replicas === 3 && cluster?.replicas?.filter(({ current }) => current).length === 2;
    });
  });

  test('nothing is lost when the node that leads stream and consumer is cut off while an agent publishes', async () => {
    const leader = await waitUntil({ what: 'a leader of the stream', timeoutMs: 60_000 }, async () => {
      const name = (await streamInfo(0)).cluster?.leader;
      return servers.find((server) => nameOf(server) === name);
    });
    const [near = 0, far = 0] = servers.filter((server) => server !== leader);
    const node = await nodeNumber(nameOf(leader));
    const received = new Set<string>();
    const onMessage = (message: Parameters<ConsumerHandler['onMessage']>[0]): void => {
      received.add(Buffer.from(message.data).toString());
      message.ack();
    };
    const endConsuming = await consumeLedBy(nameOf(leader), await open(far, 'bridge'), onMessage);
    const end = publishing(await open(near, 'auth'), subject);
    try {
      await waitUntil({ what: 'messages before the cut', timeoutMs: 60_000 }, () => received.size > 50);
      await scene.installed.cluster.setNodeConnected(node, false);
      await waitUntil({ what: 'another leader', timeoutMs: 60_000, everyMs: 500 }, async () => {
        const now = (await streamInfo(near)).cluster?.leader;
        return now !== undefined && now !== nameOf(leader);
      });
      const before = received.size;
      await waitUntil({ what: 'messages without it', timeoutMs: 60_000 }, () => received.size > before + 50);
    } finally {
      await scene.installed.cluster.setNodeConnected(node, true);
      await end();
    }
    await scene.ready(broker, 3);
    const stored = await end();
    // What was on its way when the node was cut off comes again after 30 s; a consumer whose leader moved needs as long.
    const explain = async (): Promise<string> => {
      const missing = Array.from({ length: stored }, (_, index) => `m${String(index)}`).filter(
        (id) => !received.has(id),
      );
      return `${String(stored)} stored, missing ${missing.slice(0, 20).join(' ')}; ${JSON.stringify(await streamInfo(near))}`;
    };
    await waitUntil({ what: 'every message', timeoutMs: 120_000, explain }, () => received.size >= stored);
    expect(stored).toBeGreaterThan(100);
    await endConsuming();
  }, 720_000);
});

test('shrunk to one server it takes messages again, in a stream made anew', async () => {
  // The server that was cut off may not have found the others yet.
  const before = await waitUntil({ what: 'the stream', timeoutMs: 60_000 }, () => streamInfo(0));
  await scene.patch(broker, { spec: { size: 1 } });
  await scene.condition(broker, { type: 'Progressing', status: 'True' });
  await scene.ready(broker, 1);
  const agent = await open(0, 'auth');
  const { createdAtUnixMs } = await agent.ensureStream(batchStream(), never);
  expect(createdAtUnixMs).not.toBe(Date.parse(before.created));
  const options = { messageId: 'after', signal: never };
  await agent.publishDurable(batchSubject(await clusterId()), Buffer.from('after'), options);
}, 540_000);

interface Budget extends Resource {
  readonly status?: Resource['status'] & { readonly disruptionsAllowed: number; readonly expectedPods: number };
}

async function nodeNumber(pod: string): Promise<number> {
  const { spec } = await scene.read({ resource: `pods/${pod}` });
  return Number(/\d+$/.exec(String(spec?.['nodeName']))?.[0]);
}
