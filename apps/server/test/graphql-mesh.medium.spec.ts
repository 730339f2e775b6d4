import { waitUntil } from '@meshery/testing';
import { ClusterLinks } from '../src/connections/cluster-links.ts';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import type { FedObject } from './feed.ts';
import { askGraphql, followGraphql } from './graphql-caller.ts';
import type { Failed, Reply } from './graphql-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What published clients ask of service meshes, as it was discovered. */

const cluster = 'mesh-one';
const far = 'mesh-far';

let server: TestServer;
let owner: Caller;
let stranger: Caller;
let feed: Feed;

const text = (value: object): string => JSON.stringify(value);

const istiod: FedObject = {
  ...{ name: 'istiod-7d', namespace: 'istio-system', labels: { app: 'istiod' } },
  spec: text({ containers: [{ name: 'discovery', image: 'docker.io/istio/pilot:1.27.1' }] }),
};
const gateway: FedObject = {
  ...{ name: 'gateway-5c', namespace: 'istio-system', labels: { app: 'gateway', istio: 'ingressgateway' } },
  spec: text({ containers: [{ name: 'istio-proxy', image: 'reg.example:5000/istio/proxyv2:1.27.0@sha256:ab' }] }),
};
const proxyStatus = {
  ...{ name: 'istio-proxy', image: 'istio/proxyv2:1.27.1', imageID: 'sha256:1', containerID: 'containerd://2' },
  ...{ ready: true, started: true, restartCount: 2, state: { running: {} }, lastState: {} },
};
/** Its proxy is an init container that stays. */
const cart: FedObject = {
  ...{ name: 'cart-0', namespace: 'shop' },
  spec: text({
    containers: [{ name: 'cart', image: 'shop/cart:3' }],
    initContainers: [
      {
        ...{ name: 'istio-proxy', image: 'istio/proxyv2:1.27.1', resources: { requests: { cpu: '10m' } } },
        ports: [{ containerPort: 15090, name: 'metrics', protocol: 'TCP' }, { containerPort: 15021 }],
      },
    ],
  }),
  status: text({ initContainerStatuses: [proxyStatus] }),
};
const identity: FedObject = {
  ...{ name: 'identity-1', namespace: 'linkerd', labels: { 'linkerd.io/control-plane-component': 'identity' } },
  spec: text({
    containers: [
      { name: 'linkerd-proxy', image: 'ghcr.io/linkerd/proxy:v2.300' },
      { name: 'identity', image: 'ghcr.io/linkerd/controller:stable-2.14' },
    ],
  }),
};
const envoy = (name: string, image: string, labels = {}): FedObject => ({
  ...{ name, labels, namespace: 'misc' },
  spec: text({ containers: [{ name: 'envoy', image }] }),
});
const service = (name: string, namespace: string): FedObject => ({ name, namespace, kind: 'Service' });

let connectionId: string;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_CONTROLLERS_POLL_MS: '50' } });
  owner = Caller.owner(server);
  stranger = await Caller.signUp(server, 'stranger', 'admin', 'own');
  connectionId = await connect(stranger, far);
  feed = await fed(
    cluster,
    ...[istiod, gateway, cart, identity, { name: 'plain', namespace: 'shop', labels: { app: 'istiod-like' } }],
    envoy('cloud', '840.dkr.ecr.example/aws-appmesh-envoy:v1.29'),
    envoy('own-envoy', 'envoyproxy/envoy:v1.30'),
    envoy('osm', 'envoyproxy/envoy:v1.30', { 'osm-proxy-uuid': 'u-1' }),
    ...[
      service('grafana', 'istio-system'),
      service('kiali', 'istio-system'),
      service('jaeger-collector', 'istio-system'),
    ],
    ...[service('prometheus', 'monitoring'), service('web', 'linkerd-viz')],
  );
  await fed(
    far,
    { ...istiod, name: 'istiod-far', uid: 'uid-far' },
    { ...service('tracing', 'istio-system'), uid: 'u-t' },
  );
});
afterAll(async () => {
  await server.stop();
});

async function fed(clusterId: string, ...objects: readonly FedObject[]): Promise<Feed> {
  const opened = new Feed(server.store, clusterId);
  await opened.open();
  await opened.upsert(...objects);
  return opened;
}

/** A connection of somebody, which discovery found to lead to a cluster. */
async function connect(who: Caller, clusterId: string): Promise<string> {
  const { organizationId } = who;
  const draft = { name: clusterId, kind: 'kubernetes', status: 'discovered', organizationId };
  const { id } = (await who.post('/api/integrations/connections', draft)).body as { readonly id: string };
  server.service.app.get(ClusterLinks).learn(id, clusterId);
  return id;
}

const ask = (query: string, variables: object = {}, who = owner): Promise<Reply> => askGraphql(who, query, variables);
const follow = (query: string, who = owner) => followGraphql(server, who, { query: `subscription { ${query} }` });
const codeOf = ({ errors }: { readonly errors?: readonly Failed[] }) => errors?.[0]?.extensions.mesheryCode;

test('getControlPlanes tells the Pods of each mesh, with their proxies', async () => {
  const { data } = await ask(
    '{ getControlPlanes { name members { name component version namespace data_planes { image } } } }',
  );
  const namespace = 'istio-system';
  expect(data?.['getControlPlanes']).toEqual([
    {
      name: 'ISTIO',
      members: [
        {
          ...{ name: 'gateway-5c', component: 'gateway', version: '1.27.0', namespace },
          data_planes: [{ image: 'reg.example:5000/istio/proxyv2:1.27.0@sha256:ab' }],
        },
        { name: 'istiod-7d', component: 'istiod', version: '1.27.1', namespace, data_planes: [] },
      ],
    },
    {
      name: 'LINKERD',
      members: [
        {
          ...{ name: 'identity-1', component: 'identity', version: 'stable-2.14', namespace: 'linkerd' },
          data_planes: [{ image: 'ghcr.io/linkerd/proxy:v2.300' }],
        },
      ],
    },
  ]);
});

test('getDataPlanes tells the proxies of each mesh, also those that are init containers', async () => {
  const { data } = await ask(`{ getDataPlanes { name proxies { controlPlaneMemberName containerName image resources
    status { containerStatusName image state lastState ready restartCount started imageID containerID }
    ports { name containerPort protocol } } } }`);
  const planes = data?.['getDataPlanes'] as { name: string; proxies: { controlPlaneMemberName: string }[] }[];
  const { name: containerStatusName, ...status } = proxyStatus;
  expect(planes[0]?.proxies[0]).toEqual({
    ...{ controlPlaneMemberName: 'cart-0', containerName: 'istio-proxy', image: 'istio/proxyv2:1.27.1' },
    ...{ resources: { requests: { cpu: '10m' } }, status: { containerStatusName, ...status } },
    ports: [
      { name: 'metrics', containerPort: 15090, protocol: 'TCP' },
      { name: '', containerPort: 15021, protocol: 'TCP' },
    ],
  });
  expect(planes.map(({ name, proxies }) => [name, proxies.map((proxy) => proxy.controlPlaneMemberName)])).toEqual([
    ['ISTIO', ['cart-0', 'gateway-5c']],
    ['APP_MESH', ['cloud']],
    ['LINKERD', ['identity-1']],
    ['OPEN_SERVICE_MESH', ['osm']],
  ]);
});

test('getAvailableAddons tells Services by their exact names, where the mesh is', async () => {
  const { data } = await ask('{ getAvailableAddons { name owner } }');
  expect(data?.['getAvailableAddons']).toEqual([
    { name: 'grafana', owner: 'ISTIO' },
    { name: 'kiali', owner: 'ISTIO' },
    { name: 'jaeger-collector', owner: 'ISTIO' },
    { name: 'web', owner: 'LINKERD' },
  ]);
});

test('a filter names a mesh and clusters; what it cannot name is refused', async () => {
  const query = `query($f: ServiceMeshFilter) { a: getAvailableAddons(filter: $f) { owner }
    c: getControlPlanes(filter: $f) { name } d: getDataPlanes(filter: $f) { name } }`;
  const linkerd = { a: [{ owner: 'LINKERD' }], c: [{ name: 'LINKERD' }], d: [{ name: 'LINKERD' }] };
  for (const [filter, expected] of [
    [{ type: 'LINKERD' }, linkerd],
    [{ type: 'LINKERD', k8sClusterIDs: [cluster] }, linkerd],
    [{ type: 'KUMA' }, { a: [], c: [], d: [] }],
    [
      { type: 'ALL_MESH', connectionIDs: ['other'] },
      { a: [], c: [], d: [] },
    ],
  ] as const) {
    expect([filter, (await ask(query, { f: filter })).data]).toEqual([filter, expected]);
  }
  const many = Array.from({ length: 51 }, (_none, at) => String(at));
  for (const f of [{ type: 'INVALID_MESH' }, { connectionIDs: many }]) {
    expect(codeOf(await ask(query, { f }))).toBe('meshery-core-1001');
  }
});

test('nobody hears of clusters of other organizations, whoever asked before', async () => {
  const query = `query($f: ServiceMeshFilter) { getControlPlanes(filter: $f) { members { name } }
    getAvailableAddons(filter: $f) { name } getDataPlanes(filter: $f) { name } }`;
  const theirs = {
    getControlPlanes: [{ members: [{ name: 'istiod-far' }] }],
    ...{ getAvailableAddons: [{ name: 'tracing' }], getDataPlanes: [] },
  };
  const none = { getControlPlanes: [], getAvailableAddons: [], getDataPlanes: [] };
  expect((await ask(query, {}, stranger)).data).toEqual(theirs);
  expect((await ask(query, { f: { connectionIDs: [connectionId] } }, stranger)).data).toEqual(theirs);
  for (const id of [far, connectionId]) {
    expect((await ask(query, { f: { connectionIDs: [id] } })).data).toEqual(none);
  }
  expect((await ask(query, { f: { k8sClusterIDs: [cluster] } }, stranger)).data).toEqual(none);
});

test.each([
  ['listenToAddonState', '{ name owner }', { name: 'web', owner: 'LINKERD' }, service('jaeger', 'linkerd-jaeger')],
  [
    ...['listenToControlPlaneState', '{ name members { name } }'],
    { name: 'LINKERD', members: [{ name: 'identity-1' }] },
    { ...identity, name: 'identity-2' },
  ],
  [
    ...['listenToDataPlaneState', '{ name proxies { controlPlaneMemberName } }'],
    { name: 'LINKERD', proxies: [{ controlPlaneMemberName: 'identity-1' }] },
    { ...identity, name: 'more-1', labels: {} },
  ],
] as [string, string, object, FedObject][])(
  '%s tells everything at first and what changes',
  async (name, fields, first, object) => {
    const stream = follow(`${name}(filter: { type: LINKERD, connectionIDs: ["${cluster}"] }) ${fields}`);
    await stream.until('the first value', () => stream.heard.length > 0);
    expect(stream.heard[0]?.[name]).toEqual([first]);
    await feed.upsert(object);
    await stream.until('the change', () => JSON.stringify(stream.heard.at(-1)).includes(`"${object.name}"`));
    await feed.remove(object);
    await stream.until('the change back', () => stream.heard.length > 2);
    expect(stream.heard.at(-1)?.[name]).toEqual([first]);
    await stream.close();
  },
);

test('a subscription hears no more of a cluster that is not the user’s any more', async () => {
  const stream = follow('listenToControlPlaneState { name }', stranger);
  await stream.until('the first value', () => stream.heard.length > 0);
  expect(stream.heard[0]).toEqual({ listenToControlPlaneState: [{ name: 'ISTIO' }] });
  expect((await stranger.delete(`/api/integrations/connections/${connectionId}`)).status).toBeLessThan(300);
  await stream.until('the end of it', () => stream.heard.length > 1);
  expect(stream.heard[1]).toEqual({ listenToControlPlaneState: [] });
  await stream.close();
});

test('more than can be answered at once is refused with a code, as a query and as a subscription', async () => {
  const containers = Array.from({ length: 20 }, () => ({ name: 'istio-proxy', image: 'i' }));
  const crowd = await fed('mesh-crowd');
  for (let at = 0; at < 251; at += 1) {
    await crowd.upsert({ name: `p-${String(at)}`, uid: `crowd-${String(at)}`, spec: text({ containers }) });
  }
  const call = 'filter: { connectionIDs: ["mesh-crowd"] }';
  await waitUntil({ what: 'the refusal', timeoutMs: 60_000 }, async () => {
    const reply = await ask(`{ getDataPlanes(${call}) { name } }`);
    return codeOf(reply) === 'meshery-core-1006';
  });
  const stream = follow(`listenToDataPlaneState(${call}) { name }`);
  await stream.until('the end', () => stream.errors.length > 0);
  expect([codeOf(stream), stream.heard]).toEqual(['meshery-core-1006', []]);
  await stream.close();
  await server.store.removeCluster('mesh-crowd');
});
