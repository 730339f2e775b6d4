import type { IngestPort } from '@meshery/contracts';
import { noCredential } from '@meshery/kube';
import { NatsBroker } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { NatsServer, waitUntil } from '@meshery/testing';
import { AgentRequests } from './agent-requests.ts';
import { AgentTap } from './agent-tap.ts';
import { BrokerSender } from './broker-sender.ts';
import { BrokerTransport } from './broker-transport.ts';
import { NativeOutlet } from './native-outlet.ts';
import { PodSessions } from './pod-sessions.ts';
import { SessionTable } from './session-table.ts';
import type { Session } from './session-table.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
/** A hundred times as fast as the machine's unless told: what waits 30 s waits 0.3 s. */
let haste = 100;
const hasty = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / haste, signal) };
const until = (what: string, probe: () => boolean) => waitUntil({ what, timeoutMs: 60_000, everyMs: 5 }, probe);
const facts = { key: 'a', kind: 'logs', form: 'native', id: 'a', namespace: 'n', pod: 'p' } as const;
const piece = Buffer.alloc(16 * 1024, 'x');

let nats: NatsServer;
let broker: NatsBroker;
let requests: AgentRequests;
let sessions: SessionTable;
let reasons: string[];

beforeEach(async () => {
  haste = 100;
  nats = await NatsServer.start();
  broker = new NatsBroker({ url: nats.url, name: 'test', reconnectMs: 20 }, { clock: systemClock, logger });
  await broker.open(AbortSignal.timeout(30_000));
  reasons = [];
  const metrics = { opened: () => undefined, ended: (_kind: string, reason: string) => void reasons.push(reason) };
  sessions = new SessionTable({ clock: systemClock, logger, metrics, maxSessions: 4, idleMs: 60_000 });
  const access = {
    contextName: 'none',
    clusterName: 'none',
    server: 'https://127.0.0.1:1',
    ca: undefined,
    cert: undefined,
    key: undefined,
    tlsServerName: undefined,
    insecureSkipTlsVerify: false,
    proxyUrl: undefined,
    credential: noCredential,
  };
  const context = {
    clock: hasty,
    logger,
    version: '1',
    policy: { logs: true, exec: true },
    agent: new AgentTap({} as IngestPort),
    sessions,
    pods: new PodSessions(access, systemClock),
  };
  const stores = { native: true, send: () => undefined };
  requests = new AgentRequests(context, {
    native: new BrokerTransport(broker, systemClock),
    published: { ...context, broker, stores, kinds: () => [] },
  });
  requests.start();
});

afterEach(async () => {
  await requests.stop();
  await broker.close();
  await nats.stop();
});

/** A session that sends a piece for each sequence, as fast as its outlet takes them. */
function flood(most: number): { readonly outlet: () => NativeOutlet | undefined; readonly sent: () => number } {
  let outlet: NativeOutlet | undefined;
  let sent = 0;
  const sender = BrokerSender.to('flood', broker, systemClock);
  const work = async (session: Session): Promise<void> => {
    outlet = new NativeOutlet({ sender, clock: hasty, ackMs: 30_000 }, session);
    for (; sent < most; sent += 1) await outlet.data('stdout', piece);
  };
  sessions.open(facts, work, (error) => {
    if (error !== undefined) reasons.push(error.code);
  });
  return { outlet: () => outlet, sent: () => sent };
}

test('a client that acknowledges nothing gets one window, then the session ends', async () => {
  const { sent } = flood(1000);
  await until('the end', () => reasons.length === 2);
  expect(sent()).toBe(16);
  expect(reasons).toEqual(['meshery-core-1010', 'slow']);
});

test('acknowledgements open the window again', async () => {
  haste = 1;
  const { outlet, sent } = flood(40);
  await until('a full window', () => sent() === 16);
  outlet()?.acknowledge(4);
  await until('four more', () => sent() === 20);
  for (let upTo = 20; upTo <= 40; upTo += 10) {
    outlet()?.acknowledge(upTo);
    await until('more', () => sent() === Math.min(40, upTo + 16));
  }
  await until('the end', () => reasons.includes('completed'));
});

test('a session outlives a broker that comes back, and loses nothing it sends meanwhile', async () => {
  haste = 1;
  const heard: string[] = [];
  const { signal } = new AbortController();
  broker.subscribe('out', (message) => void heard.push(Buffer.from(message.data).toString()), { signal });
  await broker.flush();
  await nats.down();
  await until('the loss', () => !broker.status().connected);
  const sender = BrokerSender.to('out', broker, systemClock);
  sessions.open(
    facts,
    (session) => sender.send('meanwhile', session.signal),
    () => undefined,
  );
  await nats.up();
  await until('the message', () => heard.length > 0);
  expect(heard).toEqual(['meanwhile']);
  await until('the end', () => reasons.length > 0);
  expect(reasons).toEqual(['completed']);
});

test('sessions end when the broker does not come back', async () => {
  const sender = BrokerSender.to('out', broker, systemClock);
  const work = async ({ signal }: Session): Promise<void> => {
    for (;;) {
      await sender.send('again', signal);
      await systemClock.sleep(5, signal);
    }
  };
  sessions.open(facts, work, () => undefined);
  await nats.down();
  await until('the end', () => reasons.length > 0);
  expect(reasons).toEqual(['broker-lost']);
  expect(sessions.list()).toEqual([]);
});
