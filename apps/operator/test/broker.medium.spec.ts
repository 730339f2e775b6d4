import { X509Certificate } from 'node:crypto';
import { crdObject, customCollection, customKind, waitUntil } from '@meshery/testing';
import type { KubeObject } from '@meshery/testing';
import { OperatorScene } from './operator-scene.ts';
import type { RunningOperator } from './operator-scene.ts';

let scene: OperatorScene;
let operator: RunningOperator;

beforeAll(async () => {
  scene = await OperatorScene.start();
}, 300_000);

afterAll(() => scene.stop());

beforeEach(() => {
  operator = scene.operator();
});

afterEach(() => operator.stop());

interface Port {
  readonly name: string;
  readonly port: number;
}

async function ports(service: string): Promise<readonly string[]> {
  const path = `/api/v1/namespaces/default/services/${service}`;
  const { spec } = await scene.admin.json<KubeObject & { spec: { ports: Port[] } }>({ path });
  return spec.ports.map(({ name, port }) => `${name}:${String(port)}`);
}

const exists = async (path: string): Promise<boolean> => (await scene.raw(path)).status === 200;

/** Owned objects of a Broker of size 1 with TLS: six Secrets, two Services, StatefulSet, budget and NetworkPolicy. */
const ownedObjects = 11;

describe('a Broker written for the published operator', () => {
  test('gets the published names, an endpoint, and is ready when its server is', async () => {
    await scene.create('brokers', 'meshery-broker', { size: 1 });
    const waiting = await scene.condition('brokers', 'meshery-broker', {
      type: 'Ready',
      status: 'False',
      reason: 'ServersStarting',
    });
    expect(waiting.status?.endpoint).toEqual({
      internal: expect.stringMatching(/^10\.96\.\d+\.\d+:4222$/),
      external: '',
    });
    expect(await scene.secret('meshery-nats-auth', 'token')).toMatch(/^agent-[0-9a-f]{8}:[0-9a-f]{64}$/);
    expect(await scene.secret('meshery-nats-bridge', 'token')).toMatch(/^bridge-[0-9a-f]{8}:[0-9a-f]{64}$/);
    expect(await ports('meshery-nats')).toEqual(['nats:4222', 'monitor:8222']);
    await scene.ready('statefulsets', 'meshery-nats');
    const ready = await scene.condition('brokers', 'meshery-broker', { type: 'Ready', status: 'True' });
    expect(ready.status?.tls).toEqual({ mode: 'optional', caSecret: 'meshery-nats-ca' });
    expect(ready.status?.conditions?.find(({ type }) => type === 'Encrypted')).toMatchObject({
      status: 'False',
      reason: 'Optional',
    });
    const created = operator.writes.filter((write) => !/events|brokers/.test(write));
    expect(created).toHaveLength(ownedObjects);
    expect(operator.writes.length).toBeLessThanOrEqual(ownedObjects + 5);
  });

  test('is not written again when nothing changes, and heals what others change', async () => {
    const reconciles = (): Promise<number> => operator.metric('meshery_operator_reconcile_total', '"broker"');
    await waitUntil({ what: 'the first reconcile', timeoutMs: 60_000 }, async () => (await reconciles()) > 0);
    const seen = await reconciles();
    await scene.patch('brokers', 'meshery-broker', { metadata: { labels: { touched: 'yes' } } });
    await waitUntil({ what: 'a reconcile', timeoutMs: 60_000 }, async () => (await reconciles()) > seen);
    expect(operator.writes).toEqual([]);
    const path = '/api/v1/namespaces/default/services/meshery-nats';
    await scene.admin.delete(path);
    await waitUntil({ what: 'the Service', timeoutMs: 60_000 }, () => exists(path));
  });

  test('its certificate names the Services and is signed by the authority that clients get', async () => {
    const ca = new X509Certificate((await scene.secret('meshery-nats-ca', 'ca.crt')) ?? '');
    const leaf = new X509Certificate((await scene.secret('meshery-nats-tls', 'tls.crt')) ?? '');
    expect(leaf.verify(ca.publicKey)).toBe(true);
    for (const host of ['meshery-nats.default.svc', 'meshery-nats-0.meshery-nats-headless.default.svc', 'localhost']) {
      expect(leaf.checkHost(host)).toBeDefined();
    }
    expect(await scene.secret('meshery-nats-ca', 'tls.key')).toBeUndefined();
  });
});

test('two Brokers of one namespace have nothing in common', async () => {
  await scene.create('brokers', 'a', {});
  await scene.create('brokers', 'b', {});
  await scene.ready('statefulsets', 'a-nats');
  await scene.ready('statefulsets', 'b-nats');
  await scene.condition('brokers', 'a', { type: 'Ready', status: 'True' });
  await scene.condition('brokers', 'b', { type: 'Ready', status: 'True' });
  expect(await scene.secret('a-nats-auth', 'token')).not.toBe(await scene.secret('b-nats-auth', 'token'));
});

describe('what cannot be', () => {
  test('an unknown version is a condition that names the known ones, and heals', async () => {
    await scene.create('brokers', 'odd', { version: 'v9.9.9' });
    const odd = await scene.condition('brokers', 'odd', { type: 'Degraded', status: 'True', reason: 'UnknownVersion' });
    expect(odd.status?.conditions?.find(({ type }) => type === 'Ready')?.message).toContain('2.14.2');
    await scene.patch('brokers', 'odd', { spec: { version: 'v2.14.2' } });
    await scene.condition('brokers', 'odd', { type: 'Degraded', status: 'False' });
  });

  test('storage of running servers cannot be changed', async () => {
    await scene.create('brokers', 'stored', { storage: { className: 'fast', size: '1Gi' } });
    await scene.ready('statefulsets', 'stored-nats');
    await scene.condition('brokers', 'stored', { type: 'Ready', status: 'True' });
    await scene.patch('brokers', 'stored', { spec: { storage: { size: '2Gi' } } });
    await scene.condition('brokers', 'stored', { type: 'Degraded', status: 'True', reason: 'StorageImmutable' });
    await scene.patch('brokers', 'stored', { spec: { storage: { size: '1Gi' } } });
    await scene.condition('brokers', 'stored', { type: 'Ready', status: 'True' });
  });

  test('gateways without credentials wait for their Secret', async () => {
    const gateways = { name: 'east', credentialsSecret: 'shared' };
    await scene.create('brokers', 'east', { tls: { mode: 'off' }, clustering: { gateways } });
    await scene.condition('brokers', 'east', { type: 'Progressing', status: 'True', reason: 'CredentialsMissing' });
  });

  test.each([
    ['gateways', { gateways: { name: 'here', credentialsSecret: 'shared' } }],
    ['leafNodes', { leafNodes: { remotes: ['tls://hub.example.com:7422'] } }],
  ])('%s need to know whom to trust: the condition names the field', async (field, clustering) => {
    const name = `untrusting-${field.toLowerCase()}`;
    await scene.create('brokers', name, { clustering });
    const { status } = await scene.condition('brokers', name, {
      type: 'Degraded',
      status: 'True',
      reason: 'NoAuthority',
    });
    expect(status?.conditions?.find(({ type }) => type === 'Ready')?.message).toContain(
      `spec.clustering.${field}.caSecret`,
    );
    expect(await scene.secret(`${name}-nats-ca`, 'ca.crt')).toContain('BEGIN CERTIFICATE');
  });

  test('what is no authority is as if it were not there', async () => {
    const leafNodes = { remotes: ['tls://hub.example.com:7422'], caSecret: 'hub-ca' };
    const secrets = '/api/v1/namespaces/default/secrets';
    await scene.admin.create(secrets, { metadata: { name: 'hub-ca' }, stringData: { 'ca.crt': 'no certificate' } });
    await scene.create('brokers', 'trusting', { clustering: { leafNodes } });
    const { status } = await scene.condition('brokers', 'trusting', {
      type: 'Progressing',
      status: 'True',
      reason: 'CredentialsMissing',
    });
    expect(status?.conditions?.find(({ type }) => type === 'Ready')?.message).toContain('hub-ca with the key ca.crt');
    const authority = await scene.secret('trusting-nats-ca', 'ca.crt');
    await scene.admin.patch(`${secrets}/hub-ca`, { stringData: { 'ca.crt': authority } });
    await scene.patch('brokers', 'trusting', { metadata: { labels: { touched: 'yes' } } });
    await scene.condition('brokers', 'trusting', { type: 'Ready', status: 'False', reason: 'ServersStarting' });
    expect(await scene.secret('trusting-nats-config', 'leaf-ca.crt')).toBe(authority?.trim());
  });
});

test('the servers of a cluster have certificates of an authority of their own, whoever signs for clients', async () => {
  await scene.create('brokers', 'routed', { size: 3 });
  await scene.ready('statefulsets', 'routed-nats', 3);
  await scene.condition('brokers', 'routed', { type: 'Ready', status: 'True' });
  const leaf = new X509Certificate((await scene.secret('routed-nats-routes', 'tls.crt')) ?? '');
  expect(leaf.checkHost('routed-nats-2.routed-nats-headless.default.svc')).toBeDefined();
  expect(leaf.keyUsage).toHaveLength(2);
  const before = await servers('routed-nats');
  await scene.patch('brokers', 'routed', { spec: { tls: { mode: 'off' } } });
  await waitUntil({ what: 'servers anew without it', timeoutMs: 60_000 }, async () => {
    return (await servers('routed-nats')).metadata.uid !== before.metadata.uid;
  });
  await waitUntil({ what: 'the end of their certificate', timeoutMs: 60_000 }, async () => {
    return (await scene.secret('routed-nats-routes', 'tls.crt')) === undefined;
  });
  expect(await scene.secret('routed-nats-config', 'nats.conf')).not.toContain('ca_file');
});

test('credentials are rotated when asked for; the old ones work on for a while', async () => {
  await scene.create('brokers', 'turning', {});
  await scene.ready('statefulsets', 'turning-nats');
  await scene.condition('brokers', 'turning', { type: 'Ready', status: 'True' });
  const before = (await scene.secret('turning-nats-auth', 'token')) ?? '';
  await scene.patch('brokers', 'turning', { metadata: { annotations: { 'meshery.io/rotate-credentials': '1' } } });
  await waitUntil({ what: 'other credentials', timeoutMs: 60_000 }, async () => {
    return (await scene.secret('turning-nats-auth', 'token')) !== before;
  });
  const config = (await scene.secret('turning-nats-config', 'nats.conf')) ?? '';
  const after = (await scene.secret('turning-nats-auth', 'token')) ?? '';
  for (const token of [before, after]) expect(config).toContain(token.split(':')[1]);
});

interface Servers extends KubeObject {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: KubeObject['metadata'] & { readonly labels: object };
      readonly spec: object;
    };
  };
}

const servers = (name: string): Promise<Servers> =>
  scene.admin.json<Servers>({ path: `/apis/apps/v1/namespaces/default/statefulsets/${name}` });

test('nodes are drained one server at a time, and servers keep away from the nodes of each other', async () => {
  await scene.create('brokers', 'spread', { size: 3 });
  await scene.ready('statefulsets', 'spread-nats', 3);
  const { metadata, spec } = (await servers('spread-nats')).spec.template;
  const own = { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'spread-nats' };
  expect(metadata.labels).toMatchObject(own);
  const budget = { path: '/apis/policy/v1/namespaces/default/poddisruptionbudgets/spread-nats' };
  expect(await scene.admin.json(budget)).toMatchObject({ spec: { maxUnavailable: 1, selector: { matchLabels: own } } });
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: own } };
  const preferred = [{ podAffinityTerm: term }];
  expect(spec).toMatchObject({
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } },
  });
});

test('a rotation restarts no server of a cluster that takes leaf nodes', async () => {
  await scene.create('brokers', 'joined', { size: 3, clustering: { leafNodes: { accept: true } } });
  await scene.ready('statefulsets', 'joined-nats', 3);
  await scene.condition('brokers', 'joined', { type: 'Ready', status: 'True' });
  const before = await servers('joined-nats');
  const credentials = await scene.secret('joined-nats-leaf', 'credentials');
  await scene.patch('brokers', 'joined', { metadata: { annotations: { 'meshery.io/rotate-credentials': '1' } } });
  await waitUntil({ what: 'other credentials', timeoutMs: 60_000 }, async () => {
    return (await scene.secret('joined-nats-leaf', 'credentials')) !== credentials;
  });
  await scene.patch('brokers', 'joined', { metadata: { labels: { touched: 'yes' } } });
  await scene.condition('brokers', 'joined', { type: 'Ready', status: 'True' });
  expect((await servers('joined-nats')).spec.template).toEqual(before.spec.template);
});

test('a server alone that gets others, or loses them, is replaced; a cluster that grows is not', async () => {
  await scene.create('brokers', 'growing', {});
  await scene.ready('statefulsets', 'growing-nats');
  await scene.condition('brokers', 'growing', { type: 'Ready', status: 'True' });
  const sized = async (size: number): Promise<string> => {
    await scene.patch('brokers', 'growing', { spec: { size } });
    return waitUntil({ what: `${String(size)} servers`, timeoutMs: 60_000 }, async () => {
      const { spec, metadata } = await servers('growing-nats');
      return spec.replicas === size && metadata.uid;
    });
  };
  const { metadata } = await servers('growing-nats');
  const three = await sized(3);
  expect(three).not.toBe(metadata.uid);
  expect(await sized(5)).toBe(three);
  const two = await sized(2);
  expect(two).not.toBe(three);
  expect(await sized(1)).not.toBe(two);
});

test('open to the outside, the monitor port moves to a Service of its own, and back', async () => {
  await scene.create('brokers', 'open', { service: { type: 'NodePort' } });
  await scene.ready('statefulsets', 'open-nats');
  await scene.condition('brokers', 'open', { type: 'Ready', status: 'True' });
  expect(await ports('open-nats')).toEqual(['nats:4222']);
  expect(await ports('open-nats-monitor')).toEqual(['monitor:8222']);
  await scene.patch('brokers', 'open', { spec: { service: { type: 'ClusterIP' } } });
  await waitUntil({ what: 'the end of the Service', timeoutMs: 60_000 }, async () => {
    return !(await exists('/api/v1/namespaces/default/services/open-nats-monitor'));
  });
  await waitUntil({ what: 'its port in the other one', timeoutMs: 60_000 }, async () => {
    return (await ports('open-nats')).join() === 'nats:4222,monitor:8222';
  });
});

test('the finalizer of a published operator is taken off', async () => {
  await scene.create('brokers', 'adopted', {}, { finalizers: ['broker.meshery.io/finalizer'] });
  await waitUntil({ what: 'no finalizer', timeoutMs: 60_000 }, async () => {
    return ((await scene.read('brokers', 'adopted')).metadata as { finalizers?: string[] }).finalizers === undefined;
  });
});

describe('a certificate of cert-manager', () => {
  const secrets = '/api/v1/namespaces/default/secrets';
  const encode = (text: string): string => Buffer.from(text).toString('base64');

  beforeAll(async () => {
    const certificates = customKind('certificate', 'cert-manager.io');
    await scene.admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crdObject(certificates));
    await waitUntil({ what: 'the kind', timeoutMs: 60_000 }, () => exists(customCollection(certificates, 'default')));
  });

  test('is asked for and waited for; an authority that everybody knows needs no Secret for clients', async () => {
    const issuer = { name: 'corp', kind: 'ClusterIssuer' };
    await scene.create('brokers', 'signed', { tls: { mode: 'required', issuer } });
    await scene.condition('brokers', 'signed', { type: 'Progressing', status: 'True', reason: 'CertificatePending' });
    const path = '/apis/cert-manager.io/v1/namespaces/default/certificates/signed-nats-tls';
    const { spec } = await scene.admin.json<KubeObject & { spec: { dnsNames: string[]; issuerRef: object } }>({ path });
    expect(spec.issuerRef).toEqual(issuer);
    expect(spec.dnsNames).toContain('signed-nats.default.svc');
    const labels = { 'app.kubernetes.io/managed-by': 'meshery-operator' };
    const data = { 'tls.crt': encode('certificate'), 'tls.key': encode('key') };
    await scene.admin.create(secrets, { metadata: { name: 'signed-nats-tls', labels }, data });
    await scene.ready('statefulsets', 'signed-nats');
    const ready = await scene.condition('brokers', 'signed', { type: 'Ready', status: 'True' });
    expect(ready.status?.tls).toEqual({ mode: 'required' });
    expect(await scene.secret('signed-nats-ca', 'ca.crt')).toBeUndefined();
    expect(await scene.secret('signed-nats-authority', 'tls.key')).toBeUndefined();
    expect(await scene.secret('signed-nats-config', 'nats.conf')).not.toContain('ca.crt');
  });

  test('with an authority of its own is given to clients', async () => {
    await scene.admin.patch(`${secrets}/signed-nats-tls`, { data: { 'ca.crt': encode('corporate authority') } });
    await waitUntil({ what: 'the authority', timeoutMs: 60_000 }, async () => {
      return (await scene.secret('signed-nats-ca', 'ca.crt')) === 'corporate authority';
    });
    const caSecret = async () => (await scene.read('brokers', 'signed')).status?.tls?.caSecret;
    await waitUntil(
      { what: 'its name in the status', timeoutMs: 60_000 },
      async () => (await caSecret()) === 'signed-nats-ca',
    );
  });
});
