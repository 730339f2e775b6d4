import { Server, ServerCredentials } from '@grpc/grpc-js';
import { createLogger, createMetricsRegistry, systemClock } from '@meshery/observability';
import { Bridge } from './bridge.ts';
import { createBridgeMetrics } from './bridge-metrics.ts';
import type { LinkSource, LinkSpec, SourceState } from './sources/link-source.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
/** Every link belongs to another replica. */
const nothing = { failure: undefined, claim: () => false, run: () => Promise.resolve() };
const server = new Server();
let address: string;
let bridge: Bridge;

beforeAll(async () => {
  address = await new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(`127.0.0.1:${String(port)}`);
      else reject(error);
    });
  });
});
afterAll(() => {
  server.forceShutdown();
});
afterEach(async () => {
  await bridge.stop();
});

function source(clusterName: string, isAssigned: boolean, state: Partial<SourceState> = {}): LinkSource {
  const link: LinkSpec = {
    ...{ name: `${clusterName}/n/b`, identity: clusterName, fingerprint: '', clusterId: clusterName, clusterName },
    ...{ mode: 'native', broker: { url: 'nats://127.0.0.1:1' } },
  };
  const links = new Map([[link.name, link]]);
  return { isAssigned, run: (onState) => onState({ links, conditions: new Map(), ...state }) };
}

function start(...sources: readonly LinkSource[]): void {
  bridge = new Bridge({
    sources,
    share: nothing,
    server: { address },
    limits: { gapWaitMs: 100, quietMs: 100, maxInFlight: 64 },
    clock: systemClock,
    logger,
    metrics: createBridgeMetrics(createMetricsRegistry({ service: 'test', version: 'test', defaults: false })),
    ids: () => '1',
  });
  bridge.start();
}

test('what a server gave to this bridge is run, whatever replicas share out among themselves', () => {
  start(source('shared', false), source('given', true));
  expect(bridge.statuses().map(({ name }) => name)).toEqual(['given/n/b']);
});

test('the state of a cluster has a code: of its broker, of its condition, or that there is no broker', () => {
  const conditions = new Map([['refused', { code: 'meshery-kube-1308', reason: 'no' } as const]]);
  start(source('given', true), source('refused', true, { links: new Map(), conditions }));
  expect(bridge.clusterState('given')).toMatchObject({ brokerReached: false, code: 'meshery-messaging-1500' });
  expect(bridge.clusterState('refused')).toEqual({ brokerReached: false, code: 'meshery-kube-1308', message: 'no' });
  expect(bridge.clusterState('empty')).toMatchObject({ brokerReached: false, code: 'meshery-messaging-1509' });
});
