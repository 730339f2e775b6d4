import type { ClusterList, ResourcePage } from '@meshery/contracts';
import { KubeAdmin, startControlPlane, subscribe, waitUntil } from '@meshery/testing';
import type { ControlPlane, SentEvent } from '@meshery/testing';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const resources = '/api/system/meshsync/resources';
const everything = encodeURIComponent('["all"]');

let plane: ControlPlane;
let admin: KubeAdmin;
let server: TestServer;

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  server = await startTestServer({ argv: ['--kubeconfig', plane.kubeconfigPath] });
  await waitUntil(
    { what: 'the cluster in sync', timeoutMs: 60_000, explain: () => server.lines.join('') },
    async () => {
      const { clusters } = (await (await server.get('/api/system/clusters')).json()) as ClusterList;
      return clusters[0]?.state === 'in-sync';
    },
  );
});

afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
});

async function list(query: string): Promise<ResourcePage> {
  const response = await server.get(`${resources}?clusterIds=${everything}&${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as ResourcePage;
}

test('what the cluster holds is answered by REST', async () => {
  const page = await list('kind=Namespace&order=name%20asc');
  expect(page.resources.map((row) => row.metadata.name)).toEqual(
    expect.arrayContaining(['default', 'kube-system', 'kube-public']),
  );
});

test('an applied object is heard and one that is deleted is gone', async () => {
  const heard: SentEvent[] = [];
  const path = `${server.url}${resources}/subscribe?clusterIds=${everything}&kind=ConfigMap`;
  const stream = await subscribe(path, { authorization: `Bearer ${server.token}` }, (event) => heard.push(event));
  const named = (type: string): SentEvent | undefined =>
    heard.find(({ event, data }) => event === type && data.includes('"name":"fresh"'));
  const collection = '/api/v1/namespaces/default/configmaps';
  await admin.create(collection, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'fresh', labels: { tier: 'gold' } },
    data: { big: '9007199254740993' },
  });
  await waitUntil({ what: 'the upsert', timeoutMs: 60_000, everyMs: 5 }, () => named('upsert'));
  const page = await list('kind=ConfigMap&label=tier%3Dgold');
  expect(page.resources.map((row) => row.metadata.name)).toEqual(['fresh']);
  await admin.json({ method: 'DELETE', path: `${collection}/fresh` });
  await waitUntil({ what: 'the delete', timeoutMs: 60_000, everyMs: 5 }, () => named('delete'));
  expect((await list('kind=ConfigMap&label=tier%3Dgold')).totalCount).toBe(0);
  stream.close();
});

test('integers above 2^53 come back digit for digit, in the published shape and as the object', async () => {
  const group = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await admin.create(group, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'digits.example.test' },
    spec: {
      group: 'example.test',
      scope: 'Namespaced',
      names: { plural: 'digits', singular: 'digit', kind: 'Digit' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  });
  const body =
    '{"apiVersion":"example.test/v1","kind":"Digit","metadata":{"name":"one"},"spec":{"n":9007199254740993}}';
  const collection = '/apis/example.test/v1/namespaces/default/digits';
  await waitUntil({ what: 'the new kind', timeoutMs: 60_000 }, () => admin.create(collection, body).then(() => true));
  const row = await waitUntil(
    {
      what: 'the row',
      timeoutMs: 60_000,
      explain: async () => {
        const { clusters } = (await (await server.get('/api/system/clusters')).json()) as ClusterList;
        const kinds = clusters[0]?.kinds.filter(({ resource }) => /digits|customres/.test(resource));
        return `${JSON.stringify(kinds)} ${JSON.stringify(await list('kind=Digit'))}`;
      },
    },
    async () => {
      return (await list('kind=Digit&spec=true')).resources[0];
    },
  );
  expect(row.spec?.attribute).toContain('"n":9007199254740993');
  const whole = await (await server.get(`${resources}/${row.metadata.uid}?format=kubernetes`)).text();
  expect(whole).toContain('"n":9007199254740993');
  const byId = await (await server.get(`${resources}/${encodeURIComponent(row.id)}`)).text();
  expect(byId).toContain('9007199254740993');
});

test('the export holds every object, as the API server has it', async () => {
  const text = await (
    await server.get(`${resources}?clusterIds=${everything}&kind=Namespace&format=kubernetes`)
  ).text();
  const exported = JSON.parse(text) as { kind: string; items: { metadata: { uid: string } }[] };
  const real = await admin.json<{ items: { metadata: { uid: string } }[] }>({ path: '/api/v1/namespaces' });
  const uids = (items: { metadata: { uid: string } }[]): string[] => items.map((item) => item.metadata.uid).sort();
  expect(exported.kind).toBe('List');
  expect(uids(exported.items)).toEqual(uids(real.items));
});

test('a cluster is read anew when the GraphQL of published clients asks for it, by its own id or its connection', async () => {
  const { clusters } = (await (await server.get('/api/system/clusters')).json()) as ClusterList;
  const connections = await (await server.get('/api/integrations/connections?kind=kubernetes')).json();
  const [{ id }] = (connections as { connections: [{ id: string }] }).connections;
  for (const argument of [`k8scontextID: "${String(clusters[0]?.id)}"`, `connectionID: "${id}"`]) {
    const lost = (await list('kind=Namespace')).resources.find(({ metadata }) => metadata.name === 'kube-public');
    await server.get(`${resources}/${encodeURIComponent(String(lost?.id))}`, { method: 'DELETE' });
    const names = async () => (await list('kind=Namespace')).resources.map(({ metadata }) => metadata.name);
    expect(await names()).not.toContain('kube-public');
    const query = `{ resyncCluster(selector: { clearDB: "false", ReSync: "true", hardReset: "false" }, ${argument}) }`;
    const answer = await server.get('/api/system/graphql/query', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await answer.json()).toEqual({ data: { resyncCluster: 'PROCESSING' } });
    await waitUntil({ what: 'what was lost', timeoutMs: 60_000 }, async () => (await names()).includes('kube-public'));
  }
});

test('a stopped API server is a state of its cluster, and the rest keeps answering', async () => {
  await plane.stopApiServer();
  await waitUntil({ what: 'a state that says so', timeoutMs: 60_000 }, async () => {
    const { clusters } = (await (await server.get('/api/system/clusters')).json()) as ClusterList;
    return clusters[0] !== undefined && clusters[0].state !== 'in-sync';
  });
  expect((await list('kind=Namespace')).totalCount).toBeGreaterThan(2);
  expect((await server.get('/healthz/ready')).status).toBe(200);
});
