import type { ControllerFacts } from './controller-facts.ts';
import { allStatuses, brokerInfo, meshSyncInfo } from './controller-status.ts';
import { diagnose } from './diagnostics.ts';

const part = { version: '1.2.3', isReady: true, isLeaving: false, message: '' };
const working: ControllerFacts = {
  connectionId: 'c1',
  mode: 'operator',
  operator: part,
  meshSync: { ...part, publishingTo: 'nats://broker:4222' },
  broker: { ...part, external: '192.0.2.1:4222', internal: '10.0.0.1:4222' },
  discovery: { state: 'in-sync', message: '', version: '' },
};
const unready = { isReady: false, message: 'no pod is scheduled' };
const { operator, meshSync, broker, ...bare } = working;
const fault = { code: 'meshery-kube-1303', message: 'It cannot be reached.', remedy: 'Look at the network.' };
const embedded = { ...bare, mode: 'embedded', discovery: { ...bare.discovery, version: 'v1' } } as const;
const reached = { isReached: true, bridge: 'local', code: '', message: '', remedy: '', at: '' };
const lost = { ...reached, isReached: false, code: 'meshery-core-1008', message: 'none', remedy: 'start one' };
const stale = { state: 'stale', message: 'nothing arrives', version: '' };

test.each<[string, ControllerFacts, string, readonly string[]]>([
  ['all is well', working, 'DEPLOYED CONNECTED CONNECTED', []],
  ['nothing arrives', { ...working, discovery: stale }, 'DEPLOYED RUNNING DEPLOYED', ['error discovery_stale']],
  [
    'nothing is there',
    bare,
    'NOTDEPLOYED NOTDEPLOYED NOTDEPLOYED',
    ['error operator_missing', 'error meshsync_missing', 'error broker_missing'],
  ],
  [
    'the cluster cannot be asked',
    { ...bare, fault, discovery: stale },
    'UNKOWN UNKOWN UNKOWN',
    ['error kubernetes_unreachable', 'error discovery_stale'],
  ],
  [
    'parts start and end',
    {
      ...working,
      operator: { ...part, ...unready },
      meshSync: { ...part, isLeaving: true, isReady: false, publishingTo: '' },
    },
    'DEPLOYING UNDEPLOYED CONNECTED',
    ['error operator_not_ready', 'error meshsync_not_ready'],
  ],
  [
    'the broker has no way in',
    { ...working, broker: { ...part, external: '', internal: '10.0.0.1:4222' } },
    'DEPLOYED CONNECTED CONNECTED',
    ['warning broker_unreachable'],
  ],
  [
    'a bridge has the broker',
    { ...working, discovery: stale, subscription: reached },
    'DEPLOYED RUNNING CONNECTED',
    ['error discovery_stale'],
  ],
  [
    'no bridge has the broker',
    { ...working, subscription: lost },
    'DEPLOYED CONNECTED DEPLOYED',
    ['error broker_not_subscribed'],
  ],
  ['the server discovers by itself', embedded, 'NOTDEPLOYED RUNNING NOTDEPLOYED', ['info embedded_mode']],
  [
    'some kinds are forbidden',
    { ...embedded, discovery: { state: 'degraded', message: 'secrets', version: 'v1' } },
    'NOTDEPLOYED RUNNING NOTDEPLOYED',
    ['info embedded_mode', 'warning discovery_degraded'],
  ],
])('%s', (_what, facts, states, findings) => {
  expect(
    allStatuses(facts)
      .map(({ status }) => status)
      .join(' '),
  ).toBe(states);
  const { healthy, diagnostics } = diagnose(facts);
  expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(findings);
  expect(healthy).toBe(findings.every((finding) => finding.startsWith('info')));
});

test('words say where something is connected', () => {
  expect(meshSyncInfo(working)).toEqual({
    name: 'MeshSync',
    version: '1.2.3',
    status: 'Connected nats://broker:4222',
    connectionId: 'c1',
  });
  expect(brokerInfo(working)).toMatchObject({ name: 'MesheryBroker', status: 'Connected 192.0.2.1:4222' });
  expect(brokerInfo(bare)).toMatchObject({ version: '', status: 'NOTDEPLOYED' });
  expect(meshSyncInfo(embedded)).toMatchObject({ version: 'v1', status: 'RUNNING' });
});

test('a finding carries why, what to do and where', () => {
  const facts = {
    ...working,
    operator: { ...part, ...unready },
    broker: { ...working.broker, ...part, external: '', internal: 'b:1' },
    subscription: lost,
  };
  expect(diagnose(facts).diagnostics).toMatchObject([
    { controller: 'OPERATOR', description: 'no pod is scheduled', remediation: [expect.any(String)] },
    { controller: 'BROKER', endpoint: 'b:1' },
    { controller: 'BROKER', description: 'meshery-core-1008: none', remediation: ['start one'] },
  ]);
});
