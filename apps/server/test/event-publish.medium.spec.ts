import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NatsBroker } from '@meshery/messaging';
import type { Broker, BrokerMessage } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { NatsServer, waitUntil } from '@meshery/testing';
import { EVENT_BROKER } from '../src/tokens.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Events as third parties get them: CloudEvents on a real broker, and inside of the process without one. */

const logger = createLogger({ service: 'test', destination: { write: () => true } });
let folder: string;
let nats: NatsServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-publish-'));
  nats = await NatsServer.start();
});
afterAll(async () => {
  await nats.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Received {
  readonly subject: string;
  readonly event: {
    readonly id: string;
    readonly data: { readonly description: string };
    readonly [name: string]: unknown;
  };
}

const received = ({ subject, data }: Pick<BrokerMessage, 'subject' | 'data'>): Received => ({
  subject,
  event: JSON.parse(Buffer.from(data).toString()) as Received['event'],
});

const start = (): Promise<TestServer> => startTestServer({ folder, env: { MESHERY_EVENTS_BROKER_URL: nats.url } });

const post = (server: TestServer, description: string): Promise<unknown> => {
  const owner = Caller.owner(server);
  const { organizationId } = owner;
  return owner.post('/api/system/events', { category: 'mesh.x', action: 'deploy', description, organizationId });
};

test('every event reaches the stream once, in order, over an outage of the broker and a restart of the server', async () => {
  // By their place in the stream: the consumer begins anew after an outage.
  const places = new Map<number, Received>();
  const stop = new AbortController();
  let server = await start();
  await post(server, '1');
  const reader = new NatsBroker(
    { url: nats.url, name: 'third-party', reconnectMs: 50 },
    { clock: systemClock, logger },
  );
  await reader.open(stop.signal);
  const consumer = { stream: 'MESHERY_EVENTS', name: 'third-party', ackWaitMs: 30_000, maxInFlight: 100 };
  const reading = reader.consume(
    consumer,
    {
      onStart: () => undefined,
      onMessage: (message) => {
        places.set(message.sequence, received(message));
        message.ack();
      },
    },
    stop.signal,
  );
  const until = (count: number): Promise<unknown> =>
    waitUntil({ what: `message ${String(count)}`, timeoutMs: 60_000 }, () => places.size >= count);
  await until(1);
  await nats.down();
  await post(server, '2');
  const broker = server.service.app.get<Broker>(EVENT_BROKER, { strict: false });
  await waitUntil({ what: 'the outage', timeoutMs: 60_000 }, () => !broker.status().connected);
  await post(server, '3');
  await server.stop();
  await nats.up();
  server = await start();
  await post(server, '4');
  await until(4);
  const messages = [...places.values()];
  expect(messages.map(({ event }) => event.data.description)).toEqual(['1', '2', '3', '4']);
  const { subject, event } = messages[0] as Received;
  expect(subject).toBe(`meshery.events.${Caller.owner(server).organizationId}.mesh_x.deploy`);
  expect(event).toMatchObject({
    specversion: '1.0',
    type: 'io.meshery.mesh.x.deploy',
    source: expect.stringMatching(/^\/meshery\/systems\/[0-9a-f-]{36}$/),
    datacontenttype: 'application/json',
    sequence: '0000000000000001',
  });
  expect(event.id).toBe((event.data as unknown as { id: string }).id);
  stop.abort();
  await reading;
  await reader.close();
  await server.stop();
});

/** The block of the documentation, with passwords and an organization. */
async function documentedUsers(organizationId: string): Promise<string> {
  const text = await readFile(new URL('../../../docs/spec/events.md', import.meta.url), 'utf8');
  const block = /^authorization \{$.*?^\}$/ms.exec(text)?.[0] ?? '';
  return block.replaceAll(/\$\w+_PASSWORD/g, '"secret"').replaceAll('<organization>', organizationId);
}

test('an account of a third party, as documented, hears its organization and can do nothing else', async () => {
  const users = { meshery: 'secret' };
  const guarded = await NatsServer.start({ users });
  const url = (user: string): string => `nats://${user}:secret@127.0.0.1:${String(guarded.port)}`;
  const server = await startTestServer({ env: { MESHERY_EVENTS_BROKER_URL: url('meshery') } });
  const { organizationId } = Caller.owner(server);
  guarded.configure({ users: {}, authorization: await documentedUsers(organizationId) });
  guarded.reload();
  const stop = new AbortController();
  const acme = new NatsBroker({ url: url('acme'), name: 'acme', reconnectMs: 50 }, { clock: systemClock, logger });
  await acme.open(stop.signal);
  const heard: Record<'own' | 'all', string[]> = { own: [], all: [] };
  const listen = (what: 'own' | 'all', subject: string): void => {
    const note = (message: BrokerMessage) => void heard[what].push(received(message).event.data.description);
    acme.subscribe(subject, note, { signal: stop.signal });
  };
  listen('own', `meshery.events.${organizationId}.>`);
  listen('all', 'meshery.events.>');
  const forged = Buffer.from('{"data":{"description":"forged"}}');
  acme.publish(`meshery.events.${organizationId}.mesh.deploy`, forged);
  await acme.flush();
  const stranger = await Caller.signUp(server, 'stranger', 'editor', 'own');
  const said = { category: 'mesh', action: 'deploy' };
  await stranger.post('/api/system/events', {
    ...{ ...said, description: 'of a stranger', organizationId: stranger.organizationId },
  });
  await post(server, 'of acme');
  await waitUntil({ what: 'its event', timeoutMs: 60_000 }, () => heard.own.includes('of acme'));
  expect(heard).toEqual({ own: expect.not.arrayContaining(['of a stranger', 'forged']) as string[], all: [] });
  stop.abort();
  await acme.close();
  await server.stop();
  await guarded.stop();
});

test('without a broker events are heard inside of the process', async () => {
  const server = await startTestServer();
  const heard: Received[] = [];
  const stop = new AbortController();
  server.service.app.get<Broker>(EVENT_BROKER, { strict: false }).subscribe(
    'meshery.events.*.environment.*',
    (message) => {
      heard.push(received(message));
    },
    { signal: stop.signal },
  );
  const owner = Caller.owner(server);
  const { body } = await owner.post('/api/environments', { name: 'told', organizationId: owner.organizationId });
  await waitUntil({ what: 'the event', timeoutMs: 60_000 }, () => heard.length > 0);
  expect(heard).toMatchObject([
    { event: { type: 'io.meshery.environment.create', subject: (body as { id: string }).id } },
  ]);
  stop.abort();
  await server.stop();
});
