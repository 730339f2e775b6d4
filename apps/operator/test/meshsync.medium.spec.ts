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
    readonly strategy: { readonly rollingUpdate?: { readonly maxSurge: number } };
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly {
          readonly image: string;
          readonly command: readonly string[];
          readonly args?: readonly string[];
          readonly env: readonly { readonly name: string; readonly value?: string }[];
          readonly resources: { readonly limits: Readonly<Record<string, string>> };
        }[];
      };
    };
  };
}

const deployment = (name: string): Promise<Deployment> =>
  scene.admin.json<Deployment>({ path: `/apis/apps/v1/namespaces/default/deployments/${name}` });

/** Variables of the agent, by name. */
async function variables(name: string): Promise<Readonly<Record<string, string | undefined>>> {
  const [container] = (await deployment(name)).spec.template.spec.containers;
  return Object.fromEntries((container?.env ?? []).map((variable) => [variable.name, variable.value]));
}

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
    await waitUntil({ what: 'the Deployment', timeoutMs: 60_000 }, async () => {
      return (await scene.raw('/apis/apps/v1/namespaces/default/deployments/meshery-meshsync')).status === 200;
    });
    const { spec } = await deployment('meshery-meshsync');
    const [container] = spec.template.spec.containers;
    expect(container).toMatchObject({ image: 'x/meshsync:0.1.0', command: ['./meshery-meshsync'] });
    const url = container?.env.find(({ name }) => name === 'BROKER_URL')?.value;
    expect(url).toMatch(/^nats:\/\/\$\(NATS_TOKEN\)@10\.96\.\d+\.\d+:4222$/);
    expect(spec.template.spec.serviceAccountName).toBe('meshery-meshsync');
    // Two agents side by side would end each other's runs.
    expect(spec.strategy.rollingUpdate?.maxSurge).toBe(0);
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
    await waitUntil({ what: 'the other role', timeoutMs: 60_000 }, async () => {
      const { status, body } = await scene.raw(bindingPath('meshery-meshsync'));
      return status === 200 && body.includes('"name":"meshery-reader-all"');
    });
    await scene.remove('meshsyncs', 'meshery-meshsync');
    await waitUntil({ what: 'the end of the binding', timeoutMs: 60_000 }, async () => {
      return (await scene.raw(bindingPath('meshery-meshsync'))).status === 404;
    });
  });

  test('a binding whose MeshSync went while no operator ran is taken away at the next start', async () => {
    await scene.create('meshsyncs', 'left', { broker: { custom: { url: 'nats://broker.example.com:4222' } } });
    await waitUntil({ what: 'the binding', timeoutMs: 60_000 }, async () => {
      return (await scene.raw(bindingPath('left'))).status === 200;
    });
    await operator.stop();
    await scene.remove('meshsyncs', 'left');
    operator = scene.operator();
    await waitUntil({ what: 'the end of the binding', timeoutMs: 60_000 }, async () => {
      return (await scene.raw(bindingPath('left'))).status === 404;
    });
  });
});

test('a new authority of its Broker reaches an agent at once', async () => {
  await scene.create('brokers', 'turned', {});
  await scene.create('meshsyncs', 'turned', { broker: { native: { name: 'turned' } } });
  await scene.ready('statefulsets', 'turned-nats');
  await scene.ready('deployments', 'turned');
  await scene.condition('brokers', 'turned', { type: 'Ready', status: 'True' });
  await scene.condition('meshsyncs', 'turned', { type: 'Ready', status: 'True' });
  const before = await scene.secret('turned-broker', 'ca.crt');
  await scene.admin.delete('/api/v1/namespaces/default/secrets/turned-nats-authority');
  await waitUntil({ what: 'another authority', timeoutMs: 60_000 }, async () => {
    return (await scene.secret('turned-nats-ca', 'ca.crt')) !== before;
  });
  const after = await scene.secret('turned-nats-ca', 'ca.crt');
  await waitUntil({ what: 'its certificate with the agent', timeoutMs: 60_000 }, async () => {
    return (await scene.secret('turned-broker', 'ca.crt')) === after;
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

  test('gets what the agent was told to pass on, in published words', async () => {
    const agent = { outputResources: ['pods', 'deployments'], contentDedup: true };
    await scene.patch('meshsyncs', 'custom', { spec: agent });
    await waitUntil({ what: 'the arguments', timeoutMs: 60_000 }, async () => {
      const [container] = (await deployment('custom')).spec.template.spec.containers;
      return container?.args?.join(' ') === '-outputResources pods,deployments';
    });
    expect(await variables('custom')).toMatchObject({ MESHSYNC_BROKER_CONTENT_DEDUP: 'true' });
  });

  test('none at all is a condition', async () => {
    await scene.create('meshsyncs', 'none', {});
    await scene.condition('meshsyncs', 'none', { type: 'Degraded', status: 'True', reason: 'NoBroker' });
  });
});

describe('a server instead of a broker', () => {
  const server = { address: 'meshery.example.com:9082', caSecret: 'server-ca', tokenSecret: 'server-token' };

  test('is dialled with token and CA from Secrets, which are named when they are missing', async () => {
    await scene.create('meshsyncs', 'outbound', { server });
    const waiting = await scene.condition('meshsyncs', 'outbound', { type: 'Ready', status: 'False' });
    expect(waiting.status?.conditions?.[0]).toMatchObject({
      reason: 'CredentialsMissing',
      message: 'Make Secret server-token with the key token and server-ca with the key ca.crt in this namespace.',
    });
    const secret = (name: string, stringData: object) =>
      scene.admin.create('/api/v1/namespaces/default/secrets', { metadata: { name }, stringData });
    await secret('server-token', { token: 't0ken' });
    await secret('server-ca', { 'ca.crt': 'pem' });
    await scene.patch('meshsyncs', 'outbound', { metadata: { labels: { look: 'again' } } });
    const found = await scene.condition('meshsyncs', 'outbound', {
      type: 'Progressing',
      status: 'True',
      reason: 'AgentStarting',
    });
    const env = await variables('outbound');
    expect(env).toMatchObject({
      MESHSYNC_SERVER: 'meshery.example.com:9082',
      MESHSYNC_SERVER_TOKEN_FILE: '/etc/meshery/broker/token',
      MESHSYNC_SERVER_CA_FILE: '/etc/meshery/broker/ca.crt',
    });
    expect(Object.keys(env).filter((name) => /BROKER|NATS|LEASE/.test(name))).toEqual([]);
    expect(await scene.secret('outbound-broker', 'token')).toBe('t0ken');
    expect(await scene.secret('outbound-broker', 'ca.crt')).toBe('pem');
    expect(found.status?.['publishing-to']).toBe('grpcs://meshery.example.com:9082');
  });

  test.each([
    ['beside a broker', { server, broker: { native: { name: 'b' } } }, 'name a broker or a server, not both'],
    ['in the published format', { server, format: 'published' }, 'only a broker takes the published format'],
    ['with a URL for an address', { server: { ...server, address: 'https://x' } }, 'spec.server.address'],
  ])('is refused %s', async (_, spec, why) => {
    await expect(scene.create('meshsyncs', 'refused', spec)).rejects.toThrow(why);
  });
});

describe('several agents', () => {
  const rolePath = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles/several';
  const leasePath = '/apis/coordination.k8s.io/v1/namespaces/default/leases/several';
  type Role = KubeObject & { rules: readonly { resources: string[]; resourceNames?: string[]; verbs: string[] }[] };
  const leaseRule = async () =>
    (await scene.admin.json<Role>({ path: rolePath })).rules.find(({ resources }) => resources.includes('leases'));

  test('share a Lease that is theirs alone and ends with them; one agent has none', async () => {
    await scene.create('meshsyncs', 'several', { size: 1, broker: { custom: { url: 'nats://b.example.com:4222' } } });
    await scene.condition('meshsyncs', 'several', { type: 'Progressing', status: 'True', reason: 'AgentStarting' });
    expect(await variables('several')).not.toHaveProperty('MESHSYNC_LEASE');
    expect(await leaseRule()).toBeUndefined();
    expect((await scene.raw(leasePath)).status).toBe(404);
    await scene.patch('meshsyncs', 'several', { spec: { size: 2 } });
    await waitUntil({ what: 'the setting', timeoutMs: 60_000 }, async () => {
      return (await variables('several'))['MESHSYNC_LEASE'] === 'default/several';
    });
    expect(await leaseRule()).toMatchObject({ resourceNames: ['several'], verbs: ['get', 'update'] });
    const lease = await scene.admin.json<{ metadata: { ownerReferences: { kind: string; name: string }[] } }>({
      path: leasePath,
    });
    expect(lease.metadata.ownerReferences).toMatchObject([{ kind: 'MeshSync', name: 'several' }]);
    // What its holder writes stays.
    await scene.admin.patch(leasePath, { spec: { holderIdentity: 'a' } });
    await scene.patch('meshsyncs', 'several', { spec: { logLevel: 'debug' } });
    await waitUntil({ what: 'the next look', timeoutMs: 60_000 }, async () => {
      return (await variables('several'))['LOG_LEVEL'] === 'debug';
    });
    expect(await scene.admin.json({ path: leasePath })).toMatchObject({ spec: { holderIdentity: 'a' } });
  });
});

describe('what the agent says', () => {
  let agents: readonly Server[];
  let status: object;
  let asked = 0;
  const standby = { version: '0.1.0', phase: 'standby', conditions: [], kinds: { total: 0, inSync: 0, problems: [] } };

  async function listen(host: string, answer: () => object): Promise<Server> {
    const agent = createServer((_request, response) => {
      asked += 1;
      response.end(JSON.stringify(answer()));
    });
    await new Promise<void>((resolve) => agent.listen(11_000, host, resolve));
    return agent;
  }

  beforeAll(async () => {
    agents = [await listen('127.0.0.7', () => status), await listen('127.0.0.8', () => standby)];
  });

  afterAll(() => {
    for (const agent of agents) {
      agent.closeAllConnections();
      agent.close();
    }
  });

  /** A pod as its node would report it; its address is one of this machine. */
  async function agentPod(name: string, podIP = '127.0.0.7', pod = `${name}-pod`): Promise<void> {
    const labels = { 'app.kubernetes.io/name': 'meshsync', 'app.kubernetes.io/instance': name };
    await scene.admin.create('/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod, labels },
      spec: { containers: [{ name: 'a', image: 'a' }], automountServiceAccountToken: false },
    });
    await scene.admin.patch(`/api/v1/namespaces/default/pods/${pod}/status`, {
      status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
    });
  }

  test('is what the agent that works says, not those that stand by', async () => {
    status = { ...standby, phase: 'opening', server: { connected: false, reason: 'refused' } };
    const server = { address: 'meshery.example.com:9082', tokenSecret: 'works-token' };
    await scene.admin.create('/api/v1/namespaces/default/secrets', {
      metadata: { name: 'works-token' },
      stringData: { token: 't' },
    });
    await agentPod('works', '127.0.0.8', 'works-a');
    await scene.create('meshsyncs', 'works', { size: 2, server });
    await scene.ready('deployments', 'works', 2);
    await scene.condition('meshsyncs', 'works', { type: 'BrokerConnected', status: 'Unknown', reason: 'StandingBy' });
    await agentPod('works', '127.0.0.7', 'works-b');
    const probed = (id: string) =>
      waitUntil({ what: `probe ${id}`, timeoutMs: 60_000 }, async () => {
        const { probe } = (await scene.read('meshsyncs', 'works')).status ?? {};
        return probe?.['id'] === id ? probe : undefined;
      });
    await scene.patch('meshsyncs', 'works', { metadata: { annotations: { 'meshery.io/probe': 'w-1' } } });
    const said = await scene.condition('meshsyncs', 'works', { type: 'BrokerConnected', status: 'False' });
    const message = said.status?.conditions?.find(({ type }) => type === 'BrokerConnected')?.message;
    expect(message).toBe('The agent is not connected to the server: refused');
    expect(await probed('w-1')).toMatchObject({ hop: 'meshsync', result: 'failed', message });
    status = { ...standby, phase: 'running', server: { connected: true } };
    await scene.patch('meshsyncs', 'works', { metadata: { annotations: { 'meshery.io/probe': 'w-2' } } });
    await scene.condition('meshsyncs', 'works', { type: 'BrokerConnected', status: 'True', reason: 'Connected' });
    expect(await probed('w-2')).toMatchObject({ hop: 'meshsync', result: 'ok' });
  });

  test('is asked for again and again: what changes is in its conditions without anybody who wants to know', async () => {
    status = { ...standby, phase: 'opening', server: { connected: false, reason: 'refused' } };
    await scene.admin.create('/api/v1/namespaces/default/secrets', {
      metadata: { name: 'asked-token' },
      stringData: { token: 't' },
    });
    await agentPod('asked');
    const server = { address: 'meshery.example.com:9082', tokenSecret: 'asked-token' };
    await scene.create('meshsyncs', 'asked', { server });
    await scene.ready('deployments', 'asked');
    const deploymentStatus = '/apis/apps/v1/namespaces/default/deployments/asked/status';
    await scene.admin.patch(deploymentStatus, { status: { readyReplicas: 0, availableReplicas: 0 } });
    await scene.condition('meshsyncs', 'asked', { type: 'BrokerConnected', status: 'False' });
    // What was said is written: another look may follow from that, and none after it.
    const before = asked;
    await waitUntil({ what: 'the agent being asked', timeoutMs: 60_000 }, () => asked >= before + 2);
    status = { ...standby, phase: 'running', server: { connected: true } };
    await scene.condition('meshsyncs', 'asked', { type: 'BrokerConnected', status: 'True', reason: 'Connected' });
  });

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
    const kinds = { total: 2, inSync: 2, problems: [{ ...problem, kind: 'secrets.v1.' }] };
    status = { ...good, kinds };
    await scene.patch('meshsyncs', 'says', { metadata: { annotations: { 'meshery.io/probe': 'p-1' } } });
    await scene.condition('meshsyncs', 'says', { type: 'Authorized', status: 'True', reason: 'AllButSecrets' });
    await scene.condition('meshsyncs', 'says', { type: 'Publishing', status: 'True', reason: 'Stored' });
    // There is no node, so no broker runs: the agent answers and the broker is the hop that does not.
    const probe = async () => (await scene.read('meshsyncs', 'says')).status?.probe;
    await waitUntil({ what: 'the probe', timeoutMs: 60_000 }, async () => (await probe())?.['id'] === 'p-1');
    expect(await probe()).toMatchObject({ hop: 'broker', result: 'failed' });
    // Connected to its broker it may be heard by nobody.
    status = { ...good, conditions: [{ type: 'Publishing', reason: 'RunNotOpened', message: 'no answer' }], kinds };
    await scene.patch('meshsyncs', 'says', { metadata: { labels: { look: 'again' } } });
    await scene.condition('meshsyncs', 'says', { type: 'Publishing', status: 'False', reason: 'RunNotOpened' });
  });
});

test('of two operators one works; the other goes on when the first ends', async () => {
  await operator.stop();
  const first = scene.operator({ identity: 'first', leaseNamespace: 'default' });
  await waitUntil(
    { what: 'a leader', timeoutMs: 60_000 },
    async () => (await first.metric('meshery_operator_leader')) === 1,
  );
  const second = scene.operator({ identity: 'second', leaseNamespace: 'default' });
  await scene.create('brokers', 'led', {});
  await scene.condition('brokers', 'led', { type: 'Ready', status: 'False' });
  expect(second.writes).toEqual([]);
  await first.stop();
  await waitUntil({ what: 'the next leader', timeoutMs: 60_000 }, async () => {
    return (await second.metric('meshery_operator_leader')) === 1;
  });
  await scene.create('brokers', 'led-on', {});
  await scene.condition('brokers', 'led-on', { type: 'Ready', status: 'False' });
  operator = second;
});
