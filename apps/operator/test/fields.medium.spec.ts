import { waitUntil } from '@meshery/testing';
import type { KubeObject } from '@meshery/testing';
import { OperatorScene } from './operator-scene.ts';
import type { RunningOperator } from './operator-scene.ts';

let scene: OperatorScene;
let operator: RunningOperator;

beforeAll(async () => {
  scene = await OperatorScene.start();
  operator = scene.operator();
}, 300_000);

afterAll(async () => {
  await operator.stop();
  await scene.stop();
});

/** An object of namespace default, once the operator has made it. */
async function made<T extends object>(group: string, resource: string): Promise<KubeObject & T> {
  const path = `${group}/namespaces/default/${resource}`;
  await waitUntil({ what: path, timeoutMs: 60_000 }, async () => (await scene.raw(path)).status === 200);
  return scene.admin.json<KubeObject & T>({ path });
}

/** What every kind of pod takes from its object, and where it is then. */
const placement = {
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
};
const image = { repository: 'registry.example.com/own', pullPolicy: 'Always', pullSecrets: ['registry'] };
const resources = { requests: { cpu: '20m', memory: '80Mi' }, limits: { cpu: '1500m', memory: '300Mi' } };
const common = { ...placement, image, resources, logLevel: 'debug' };
const pod = { ...placement, imagePullSecrets: [{ name: 'registry' }] };

describe('every field of a Broker', () => {
  const service = {
    type: 'LoadBalancer',
    annotations: { 'example.com/subnet': 'inner' },
    loadBalancerClass: 'example.com/inner',
    loadBalancerSourceRanges: ['10.0.0.0/8'],
  };

  beforeAll(async () => {
    const storage = { className: 'fast', size: '3Gi' };
    const clustering = { leafNodes: { accept: true } };
    const spec = { ...common, version: '1-own', service, storage, clustering, exporter: { enabled: true } };
    await scene.create('brokers', 'full', spec);
  });

  test('reaches its pods', async () => {
    const { spec } = await made<{ spec: { template: object } }>('/apis/apps/v1', 'statefulsets/full-nats');
    const claim = { storageClassName: 'fast', resources: { requests: { storage: '3Gi' } } };
    expect(spec).toMatchObject({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }] });
    expect(spec.template).toMatchObject({
      spec: {
        ...pod,
        containers: [
          { name: 'nats', image: 'registry.example.com/own:1-own', imagePullPolicy: 'Always', resources },
          { name: 'reloader', image: 'x/reloader:1' },
          { name: 'exporter', image: 'x/exporter:1', ports: [{ containerPort: 7777 }] },
        ],
      },
    });
    expect(await scene.secret('full-nats-config', 'nats.conf')).toContain('"debug": true');
    expect(JSON.stringify(spec.template)).toContain('"containerPort":7422');
  });

  test('reaches its Service; an open monitor port would be open to everybody', async () => {
    const { metadata, spec } = await made<{ spec: { ports: object[] } }>('/api/v1', 'services/full-nats');
    const { annotations, ...rest } = service;
    expect(metadata).toMatchObject({ annotations });
    expect(spec).toMatchObject(rest);
    expect(spec.ports).toMatchObject([{ name: 'nats' }, { name: 'leafnodes', port: 7422 }]);
    expect((await made('/api/v1', 'services/full-nats-monitor')).metadata.name).toBe('full-nats-monitor');
  });

  test('is followed by its endpoint: that of the load balancer, or what the user says', async () => {
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.9' }] } };
    await scene.admin.patch('/api/v1/namespaces/default/services/full-nats/status', { status });
    const external = async (): Promise<unknown> => (await scene.read('brokers', 'full')).status?.endpoint?.external;
    const wait = (wanted: string) =>
      waitUntil({ what: wanted, timeoutMs: 60_000 }, async () => (await external()) === wanted);
    await wait('192.0.2.9:4222');
    await scene.patch('brokers', 'full', { spec: { service: { externalEndpointOverride: 'nats.example.com:443' } } });
    await wait('nats.example.com:443');
  });

  test('makes its credentials anew by themselves when they are old', async () => {
    await scene.create('brokers', 'ageing', { auth: { rotateAfter: '2s' } });
    const token = (): Promise<string | undefined> => scene.secret('ageing-nats-auth', 'token');
    const first = await waitUntil({ what: 'credentials', timeoutMs: 60_000 }, token);
    await waitUntil({ what: 'others', timeoutMs: 60_000 }, async () => (await token()) !== first);
  });
});

describe('every field of a MeshSync', () => {
  const custom = { url: 'nats://user:p4ssword@broker.example.com:4222' };

  beforeAll(async () => {
    const requests = { logs: false, exec: true };
    const spec = { ...common, version: '1-own', broker: { custom }, requests, format: 'published' };
    await scene.create('meshsyncs', 'full', spec);
  });

  test('reaches its pod', async () => {
    const { spec } = await made<{ spec: { template: object } }>('/apis/apps/v1', 'deployments/full');
    const variables = {
      MESHSYNC_OUTPUT_FORMAT: 'published',
      MESHSYNC_ALLOW_LOGS: 'false',
      MESHSYNC_ALLOW_EXEC: 'true',
    };
    const env = Object.entries({ ...variables, LOG_LEVEL: 'debug' }).map(([name, value]) => ({ name, value }));
    const own = { image: 'registry.example.com/own:1-own', imagePullPolicy: 'Always', resources };
    expect(spec.template).toMatchObject({
      spec: { ...pod, containers: [{ ...own, env: expect.arrayContaining(env) as unknown }] },
    });
  });

  test('is said where others read it, but no password', async () => {
    const { status } = await scene.condition('meshsyncs', 'full', { type: 'Progressing', status: 'True' });
    expect(status?.['publishing-to']).toBe('nats://broker.example.com:4222');
    expect(JSON.stringify(status)).not.toContain('p4ssword');
  });
});
