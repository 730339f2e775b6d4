import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ControlPlane, runCommand, startControlPlane } from '@meshery/testing';

const definitions = fileURLToPath(new URL('../../deploy/crds', import.meta.url));

let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
  await kubectl('apply', '--server-side', '-f', definitions);
  await kubectl('wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all');
}, 300_000);

afterAll(() => plane.stop());

function kubectl(...args: string[]): Promise<string> {
  return runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...args]);
}

/** What kubectl says of an object, and whether the API server took it. */
async function create(object: object): Promise<{ readonly accepted: boolean; readonly said: string }> {
  const child = spawn('kubectl', ['--kubeconfig', plane.kubeconfigPath, 'create', '-f', '-']);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stdin.end(JSON.stringify(object));
  const [code] = (await once(child, 'close')) as [number];
  return { accepted: code === 0, said };
}

type Version = 'v1alpha1' | 'v1alpha2';

function broker(name: string, spec: object | undefined, version: Version = 'v1alpha2'): object {
  return { apiVersion: `meshery.io/${version}`, kind: 'Broker', metadata: { name, namespace: 'default' }, spec };
}

function meshSync(name: string, spec: object, version: Version = 'v1alpha2'): object {
  return { apiVersion: `meshery.io/${version}`, kind: 'MeshSync', metadata: { name, namespace: 'default' }, spec };
}

async function specOf(kind: string, name: string): Promise<unknown> {
  const text = await kubectl('get', kind, name, '-o', 'json');
  return (JSON.parse(text) as { readonly spec: unknown }).spec;
}

describe('objects written for the published operator', () => {
  it.each<Version>(['v1alpha1', 'v1alpha2'])('are taken in %s', async (version) => {
    const published = { size: 1, service: { type: 'LoadBalancer', annotations: { a: 'b' } }, version: 'v2.14.2' };
    expect((await create(broker(`published-${version}`, published, version))).accepted).toBe(true);
    expect(await specOf('broker', `published-${version}`)).toEqual(published);
    const agent = {
      'watch-list': {
        data: { whitelist: '[{"Resource":"pods.v1.","Events":["ADDED"]}]', blacklist: '' },
        metadata: { name: 'watch-list', creationTimestamp: null },
      },
      broker: { native: { name: 'meshery-broker', namespace: 'meshery' } },
      size: 1,
      version: '1.0.3',
    };
    expect((await create(meshSync(`published-${version}`, agent, version))).accepted).toBe(true);
    expect(await specOf('meshsync', `published-${version}`)).toMatchObject({
      ...agent,
      'watch-list': { data: agent['watch-list'].data },
    });
  });

  it('need no spec, and get one server', async () => {
    expect((await create(broker('bare', undefined, 'v1alpha1'))).accepted).toBe(true);
    expect(await specOf('br', 'bare')).toEqual({ size: 1 });
  });
});

describe('what v1alpha2 adds', () => {
  it('survives a client that writes through v1alpha1', async () => {
    const spec = { size: 3, tls: { mode: 'required' }, storage: { className: 'fast', size: '2Gi' } };
    expect((await create(broker('kept', spec))).accepted).toBe(true);
    await kubectl('patch', 'brokers.v1alpha1.meshery.io', 'kept', '--type=merge', '-p', '{"spec":{"size":5}}');
    expect(await specOf('broker', 'kept')).toEqual({ ...spec, size: 5 });
  });

  it('is explained', async () => {
    const explained = await kubectl('explain', 'broker.spec.tls.mode', '--api-version=meshery.io/v1alpha2');
    expect(explained).toContain('published agents cannot');
    expect(await kubectl('explain', 'meshsync.spec.watchList.only.resource')).toContain('plural.version.group');
  });

  // What has no default of the API server's own has one of the operator's.
  it.each(['broker.spec.auth.mode', 'broker.spec.logLevel', 'meshsync.spec.format', 'meshsync.spec.clusterRole'])(
    '%s is explained with what holds when it is empty',
    async (field) => {
      expect((await kubectl('explain', field)).replaceAll(/\s+/g, ' ')).toContain('when empty');
    },
  );

  it('says what is wrong before anything is made', async () => {
    const server = { address: 'meshery.example.com:9082', tokenSecret: 'token' };
    const wrong: [object, string][] = [
      [broker('w1', { size: 11 }), 'should be less than or equal to 10'],
      [
        broker('w2', { service: { type: 'ClusterIP', loadBalancerClass: 'x' } }),
        'loadBalancerClass needs type LoadBalancer',
      ],
      [
        broker('w3', { service: { type: 'NodePort', loadBalancerSourceRanges: ['10.0.0.0/8'] } }),
        'loadBalancerSourceRanges needs type LoadBalancer',
      ],
      [broker('w4', { storage: { className: 'fast' } }), 'a volume needs a size'],
      [broker('w5', { tls: { mode: 'off', issuer: { name: 'ca' } } }), 'issuer needs TLS'],
      [broker('w6', { service: { externalEndpointOverride: 'http://example.com' } }), 'externalEndpointOverride'],
      [broker('w7', { resources: { limits: { cpu: 'much' } } }), 'spec.resources.limits.cpu'],
      [meshSync('w8', { watchList: { only: [{ resource: 'pods.v1.' }], except: ['a.v1.'] } }), 'not in both'],
      [meshSync('w9', { watchList: { except: [] }, 'watch-list': { data: {} } }), 'not both'],
      [meshSync('w10', { logLevel: 'loud' }), 'Unsupported value: "loud"'],
      [meshSync('w11', { server, broker: { native: { name: 'b' } } }), 'name a broker or a server, not both'],
      [
        meshSync('w12', { server, broker: { custom: { url: 'nats://b:4222' } } }),
        'name a broker or a server, not both',
      ],
      [meshSync('w13', { server, format: 'published' }), 'only a broker takes the published format'],
      [meshSync('w14', { server: { address: 'meshery.example.com:9082' } }), 'spec.server.tokenSecret: Required'],
      [meshSync('w15', { server: { ...server, address: 'https://meshery.example.com' } }), 'spec.server.address'],
      [broker('w16', { clustering: { gateways: { name: 'a', credentialsSecret: 'b', caSecret: '' } } }), 'caSecret'],
    ];
    for (const [object, reason] of wrong) {
      expect(await create(object)).toEqual({ accepted: false, said: expect.stringContaining(reason) });
    }
  });

  it('takes a server beside an empty broker, in the format that it knows', async () => {
    const server = { address: 'meshery.example.com:9082', tokenSecret: 'token' };
    expect(await create(meshSync('dials', { server, broker: {}, format: 'native' }))).toMatchObject({ accepted: true });
  });
});

it('prints the columns that clients know, and whether it is ready', async () => {
  expect((await create(broker('shown', { size: 2 }))).accepted).toBe(true);
  const status = {
    endpoint: { internal: '10.0.0.7:4222', external: '203.0.113.9:4222' },
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Serving',
        message: 'all servers',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
  };
  await kubectl('patch', 'broker', 'shown', '--subresource=status', '--type=merge', '-p', JSON.stringify({ status }));
  const [head = '', row = ''] = (await kubectl('get', 'br', 'shown')).trim().split('\n');
  expect(head.split(/\s{2,}/)).toEqual(['NAME', 'SIZE', 'EXTERNAL', 'INTERNAL', 'READY', 'AGE']);
  expect(row.split(/\s+/).slice(0, 5)).toEqual(['shown', '2', '203.0.113.9:4222', '10.0.0.7:4222', 'True']);
});

/** The part of the guide that begins with this comment. */
function partOf(guide: string, file: string): string {
  const blocks = guide
    .split('```yaml\n')
    .slice(1)
    .map((block) => block.split('```')[0] ?? '');
  return blocks.find((block) => block.startsWith(`# ${file}\n`)) ?? '';
}

it.each(['discovery.yaml', 'dialling.yaml'])('%s of the guide is taken', async (file) => {
  const guide = readFileSync(new URL('../../docs/guides/connect-a-cluster.md', import.meta.url), 'utf8');
  await kubectl('create', 'namespace', 'meshery').catch(() => undefined);
  const input = partOf(guide, file);
  const args = ['--kubeconfig', plane.kubeconfigPath, 'apply', '--dry-run=server', '--validate=strict', '-f', '-'];
  expect(await runCommand('kubectl', args, { input })).toContain('meshsync.meshery.io/meshery-meshsync created');
});
