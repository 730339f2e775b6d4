import { systemClock } from '@meshery/observability';
import { NatsServer } from '@meshery/testing';
import { brokerContext } from '../src/broker/broker-context.ts';
import type { Broker, MeshSync, Secret } from '../src/cluster/kinds.ts';
import { meshSyncContext } from '../src/meshsync/meshsync-context.ts';
import type { AgentAnswer } from '../src/meshsync/steps/meshsync-deps.ts';
import { Prober } from '../src/probe/prober.ts';
import type { ProberDeps } from '../src/probe/prober.ts';

const metadata = {
  name: 'a',
  namespace: 'default',
  uid: 'u',
  resourceVersion: '1',
  generation: 1,
  annotations: { 'meshery.io/probe': 'p' },
};
const working = { version: '0.1.0', phase: 'running', conditions: [], kinds: { total: 1, inSync: 1, problems: [] } };
const connected: AgentAnswer = {
  type: 'answered',
  status: { ...working, phase: 'running', broker: { connected: true } },
};
const apart: AgentAnswer = {
  type: 'answered',
  status: { ...working, phase: 'running', broker: { connected: false, reason: 'not trusted' } },
};
const published: AgentAnswer = { type: 'silent', reason: 'published', alive: true };
const silent: AgentAnswer = { type: 'silent', reason: 'nobody' };

let nats: NatsServer;
const token = 'secret';

beforeAll(async () => {
  nats = await NatsServer.start({ token });
}, 60_000);

afterAll(() => nats.stop());

const native: MeshSync['spec'] = { broker: { native: { name: 'a' } } };
const custom: MeshSync['spec'] = { broker: { custom: { url: 'nats://broker.example.com:4222' } } };

function meshSync(spec: MeshSync['spec']): MeshSync {
  return { apiVersion: 'meshery.io/v1alpha2', kind: 'MeshSync', metadata, ...(spec === undefined ? {} : { spec }) };
}

function broker(port: number): Broker {
  const status = { endpoint: { internal: `127.0.0.1:${String(port)}` }, tls: { mode: 'off' } };
  return { apiVersion: 'meshery.io/v1alpha2', kind: 'Broker', metadata, status };
}

/** A prober of an agent that answers so, and of a Broker that runs at this port. */
function prober(answer: AgentAnswer, port: number): Prober {
  const secret = { metadata, data: { token: Buffer.from(token).toString('base64') } } as unknown as Secret;
  return new Prober({
    clock: systemClock,
    askAgent: () => Promise.resolve(answer),
    owned: { get: () => secret },
    watches: { brokers: { get: () => broker(port) }, meshSyncs: { list: () => [meshSync(native)] } },
  } as unknown as ProberDeps);
}

const { signal } = new AbortController();
/** Nobody listens there. */
const deadPort = 1;

interface Case {
  readonly answer: AgentAnswer;
  readonly spec?: MeshSync['spec'];
  readonly port?: number;
}

test.each([
  ['an agent that publishes to its Broker', { answer: connected }, { hop: 'broker', result: 'ok' }],
  ['an agent that does not reach a Broker that answers', { answer: apart }, { hop: 'meshsync', result: 'failed' }],
  ['an agent and its Broker, which is dead', { answer: apart, port: deadPort }, { hop: 'broker', result: 'failed' }],
  ['an agent that nobody hears', { answer: silent }, { hop: 'meshsync', result: 'failed', message: 'nobody' }],
  ['a published agent and its Broker', { answer: published }, { hop: 'broker', result: 'ok' }],
  ['a published agent and a dead Broker', { answer: published, port: deadPort }, { hop: 'broker', result: 'failed' }],
  ['an agent with a broker of the user', { answer: connected, spec: custom }, { hop: 'broker', result: 'ok' }],
  ['an agent that does not reach that', { answer: apart, spec: custom }, { hop: 'meshsync', result: 'failed' }],
  ['an agent without a broker', { answer: connected, spec: {} }, { hop: 'broker', result: 'failed' }],
])('a probe of %s names the hop', async (_, { answer, spec = native, port = nats.port }: Case, found) => {
  const context = meshSyncContext(meshSync(spec));
  await prober(answer, port).ofMeshSync(context, signal);
  expect(context.probe).toMatchObject({ id: 'p', ...found });
});

test('a probe of a Broker asks its agents, too, and says what they say', async () => {
  const context = brokerContext(broker(nats.port));
  await prober(apart, nats.port).ofBroker(context, signal);
  expect(context.probe).toMatchObject({
    hop: 'meshsync',
    result: 'failed',
    message: 'The agent is not connected to the broker: not trusted',
  });
});
