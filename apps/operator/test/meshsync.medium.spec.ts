import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { waitUntil } from '@meshery/testing';
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

interface Deployment extends KubeObject {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly {
          readonly image: string;
          readonly command: readonly string[];
          readonly env: readonly { readonly name: string; readonly value?: string }[];
          readonly resources: { readonly limits: Readonly<Record<string, string>> };
        }[];
      };
    };
  };
}

const deployment = (name: string): Promise<Deployment> =>
  scene.admin.json<Deployment>({ path: `/apis/apps/v1/namespaces/default/deployments/${name}` });

const bindingPath = (name: string): string =>
  `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/meshery-meshsync:default:${name}`;

describe('a MeshSync written for the published operator', () => {
  test('waits for its Broker, then gets an agent with rights and credentials of its own', async () => {
    const list = { data: { whitelist: '[{"Resource":"pods.v1.","Events":["ADDED"]}]', blacklist: '' } };
    await scene.create('meshsyncs', 'meshery-meshsync', {
      size: 1,
      'watch-list': list,
      broker: { native: { name: 'meshery-broker', namespace: 'default' } },
      version: '1.0.3',
    });
    await scene.condition('meshsyncs', 'meshery-meshsync', {
      type: 'Ready',
      status: 'False',
      reason: 'BrokerNotReady',
    });
    await scene.create('brokers', 'meshery-broker', {});
    await waitUntil({ what: 'the Deployment', timeoutMs: 5000 }, async () => {
      return (await scene.raw('/apis/apps/v1/namespaces/default/deployments/meshery-meshsync')).status === 200;
    });
    const { spec } = await deployment('meshery-meshsync');
    const [container] = spec.template.spec.containers;
    expect(container).toMatchObject({ image: 'x/meshsync:0.1.0', command: ['./meshery-meshsync'] });
    const url = container?.env.find(({ name }) => name === 'BROKER_URL')?.value;
    expect(url).toMatch(/^nats:\/\/\$\(NATS_TOKEN\)@10\.96\.\d+\.\d+:4222$/);
    expect(spec.template.spec.serviceAccountName).toBe('meshery-meshsync');
    expect(await scene.secret('meshery-meshsync-broker', 'token')).toBe(
      await scene.secret('meshery-nats-auth', 'token'),
    );
    expect(JSON.stringify(spec)).not.toContain((await scene.secret('meshery-nats-auth', 'token'))?.split(':')[1]);
    const binding = await scene.admin.json<KubeObject & { roleRef: { name: string } }>({
      path: bindingPath('meshery-meshsync'),
    });
    expect(binding.roleRef.name).toBe('meshery-reader-core');
    await scene.ready('deployments', 'meshery-meshsync');
    const ready = await scene.condition('meshsyncs', 'meshery-meshsync', { type: 'Ready', status: 'True' });
    expect(ready.status?.['publishing-to']).toMatch(/^nats:\/\/10\.96\.\d+\.\d+:4222$/);
  });

  test('can be given everything to read, and everything is taken away with it', async () => {
    await scene.patch('meshsyncs', 'meshery-meshsync', { spec: { clusterRole: 'meshery-reader-all' } });
    await waitUntil({ what: 'the other role', timeoutMs: 5000 }, async () => {
      const { status, body } = await scene.raw(bindingPath('meshery-meshsync'));
      return status === 200 && body.includes('"name":"meshery-reader-all"');
    });
    await scene.remove('meshsyncs', 'meshery-meshsync');
    await waitUntil({ what: 'the end of the binding', timeoutMs: 5000 }, async () => {
      return (await scene.raw(bindingPath('meshery-meshsync'))).status === 404;
    });
  });

  test('a binding whose MeshSync went while no operator ran is taken away at the next start', async () => {
    await scene.create('meshsyncs', 'left', { broker: { custom: { url: 'nats://broker.example.com:4222' } } });
    await waitUntil({ what: 'the binding', timeoutMs: 5000 }, async () => {
      return (await scene.raw(bindingPath('left'))).status === 200;
    });
    await operator.stop();
    await scene.remove('meshsyncs', 'left');
    operator = scene.operator();
    await waitUntil({ what: 'the end of the binding', timeoutMs: 5000 }, async () => {
      return (await scene.raw(bindingPath('left'))).status === 404;
    });
  });
});

describe('a broker of the user', () => {
  test('is used with credentials from a Secret, which is named when it is missing', async () => {
    const custom = { url: 'tls://broker.example.com:4222', credentialsSecret: 'mine', caSecret: 'mine' };
    await scene.create('meshsyncs', 'custom', { broker: { custom } });
    const waiting = await scene.condition('meshsyncs', 'custom', { type: 'Ready', status: 'False' });
    expect(waiting.status?.conditions?.[0]).toMatchObject({ reason: 'CredentialsMissing' });
    const data = { token: Buffer.from('u:p').toString('base64'), 'ca.crt': Buffer.from('ca').toString('base64') };
    await scene.admin.create('/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'mine' },
      data,
    });
    // Any change of the object makes the operator look again; without one it does within 30 s.
    await scene.patch('meshsyncs', 'custom', { metadata: { labels: { look: 'again' } } });
    await scene.condition('meshsyncs', 'custom', { type: 'Progressing', status: 'True', reason: 'AgentStarting' });
    expect(await scene.secret('custom-broker', 'token')).toBe('u:p');
  });

  test('none at all is a condition', async () => {
    await scene.create('meshsyncs', 'none', {});
    await scene.condition('meshsyncs', 'none', { type: 'Degraded', status: 'True', reason: 'NoBroker' });
  });
});

describe('what the agent says', () => {
  let agent: Server;
  let status: object;

  beforeAll(async () => {
    agent = createServer((_request, response) => {
      response.end(JSON.stringify(status));
    });
    await new Promise<void>((resolve) => agent.listen(11_000, '127.0.0.7', resolve));
  });

  afterAll(() => {
    agent.closeAllConnections();
    agent.close();
  });

  /** A pod as its node would report it; its address is one of this machine. */
  async function agentPod(name: string): Promise<void> {
    const labels = { 'app.kubernetes.io/name': 'meshsync', 'app.kubernetes.io/instance': name };
    await scene.admin.create('/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-pod`, labels },
      spec: { containers: [{ name: 'a', image: 'a' }], automountServiceAccountToken: false },
    });
    await scene.admin.patch(`/api/v1/namespaces/default/pods/${name}-pod/status`, {
      status: { phase: 'Running', podIP: '127.0.0.7', podIPs: [{ ip: '127.0.0.7' }] },
    });
  }

  test('is in its conditions: a right that it lacks with kind, verb and remedy; a probe names the hop', async () => {
    const remedy = 'Add apiGroup "", resource pods, verbs get, list, watch to a ClusterRole of the agent.';
    const problem = {
      kind: 'pods.v1.',
      state: 'forbidden',
      verb: 'list',
      reason: 'Forbidden',
      message: 'no',
      remedy,
    };
    const good = { version: '0.1.0', broker: { connected: true }, phase: 'running', conditions: [] };
    status = { ...good, kinds: { total: 2, inSync: 1, problems: [problem] } };
    await scene.create('brokers', 'said', {});
    await scene.create('meshsyncs', 'says', { broker: { native: { name: 'said' } } });
    await agentPod('says');
    await scene.ready('deployments', 'says');
    const denied = await scene.condition('meshsyncs', 'says', { type: 'Authorized', status: 'False' });
    const message = denied.status?.conditions?.find(({ type }) => type === 'Authorized')?.message ?? '';
    expect(message).toContain('list pods.v1.');
    expect(message).toContain(remedy);
    // Secrets are left out by the role on purpose.
    status = { ...good, kinds: { total: 2, inSync: 2, problems: [{ ...problem, kind: 'secrets.v1.' }] } };
    await scene.patch('meshsyncs', 'says', { metadata: { annotations: { 'meshery.io/probe': 'p-1' } } });
    await scene.condition('meshsyncs', 'says', { type: 'Authorized', status: 'True', reason: 'AllButSecrets' });
    // There is no node, so no broker runs: the agent answers and the broker is the hop that does not.
    const probe = async () => (await scene.read('meshsyncs', 'says')).status?.probe;
    await waitUntil({ what: 'the probe', timeoutMs: 5000 }, async () => (await probe())?.['id'] === 'p-1');
    expect(await probe()).toMatchObject({ hop: 'broker', result: 'failed' });
  });
});

test('of two operators one works; the other goes on when the first ends', async () => {
  await operator.stop();
  const first = scene.operator({ identity: 'first', leaseNamespace: 'default' });
  await waitUntil(
    { what: 'a leader', timeoutMs: 5000 },
    async () => (await first.metric('meshery_operator_leader')) === 1,
  );
  const second = scene.operator({ identity: 'second', leaseNamespace: 'default' });
  await scene.create('brokers', 'led', {});
  await scene.condition('brokers', 'led', { type: 'Ready', status: 'False' });
  expect(second.writes).toEqual([]);
  await first.stop();
  await waitUntil({ what: 'the next leader', timeoutMs: 8000 }, async () => {
    return (await second.metric('meshery_operator_leader')) === 1;
  });
  await scene.create('brokers', 'led-on', {});
  await scene.condition('brokers', 'led-on', { type: 'Ready', status: 'False' });
  operator = second;
});
