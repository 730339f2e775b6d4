import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';
import { KubeAdmin, crdObject, customKind, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The registry over REST, filled by a real API server; tools/parity/proofs names these tests. */

const register = '/api/system/kubernetes/register';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const widget = customKind('widget', 'shop.example.com');

let plane: ControlPlane;
let admin: KubeAdmin;
let server: TestServer;
let owner: Caller;
let viewer: Caller;
beforeAll(async () => {
  [plane, server] = await Promise.all([startControlPlane(), startTestServer()]);
  admin = new KubeAdmin(plane);
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  await define(widget);
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
});

/** Defines a custom resource and waits until the API server describes it. */
async function define(custom: typeof widget): Promise<void> {
  await admin.create(definitions, crdObject(custom));
  await described(custom, `"${custom.kind}"`);
}

function described({ group, version, kind }: typeof widget, text: string): Promise<unknown> {
  return waitUntil({ what: `the description of ${kind}`, timeoutMs: 60_000 }, async () => {
    const { status, body } = await admin.send({ path: `/openapi/v3/apis/${group}/${version}` });
    return status === 200 && body.includes(text);
  });
}

function form(
  named: Readonly<Record<string, object>>,
  fields: Readonly<Record<string, string>> = {},
  user: object = { token: plane.adminToken },
): FormData {
  const names = Object.keys(named);
  const ca = Buffer.from(plane.caPem).toString('base64');
  const text = JSON.stringify({
    clusters: names.map((name) => ({
      name,
      cluster: { server: plane.url, 'certificate-authority-data': ca, ...named[name] },
    })),
    users: [{ name: 'admin', user }],
    contexts: names.map((name) => ({ name, context: { cluster: name, user: 'admin' } })),
  });
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('k8sfile', new Blob([text]), 'config.yaml');
  return data;
}

/** Begins the registration and waits for its end. */
async function registered(data: FormData) {
  const { status, body } = await owner.upload(register, data);
  expect([status, body]).toEqual([202, { status: 'accepted', operationId: expect.any(String) }]);
  const path = `/api/system/operations/${body.operationId}`;
  return waitUntil({ what: 'the end of the registration', timeoutMs: 60_000 }, async () => {
    const { body: operation } = await owner.get(path);
    return operation.state === 'running' ? undefined : operation;
  });
}

const components = () => server.userData.read((data) => data.components.all({}));
const schemaOf = async (id: string): Promise<{ readonly properties: object }> =>
  JSON.parse((await server.userData.read((data) => data.componentSchemas.find({ id })))?.body ?? '');

describe('POST /api/system/kubernetes/register', () => {
  test('registers every kind of a cluster and says so in an operation and an event', async () => {
    const operation = await registered(form({ prod: {} }));
    expect(operation).toMatchObject({
      ...{ kind: 'registry.register', state: 'succeeded', progress: 100, error: null },
      targets: [
        { name: 'prod', state: 'succeeded', message: expect.stringMatching(/^(\d+) components: \1 new, 0 ch/) },
      ],
    });
    const { body } = await owner.get('/api/system/events?category=["registry"]');
    expect(body.events).toMatchObject([
      { operationId: operation.id, description: 'Components of cluster "prod": register succeeded.' },
    ]);
    const kinds = (await components()).map(({ kind, apiVersion }) => `${kind} ${apiVersion}`);
    expect(kinds).toEqual(expect.arrayContaining(['Deployment apps/v1', 'Pod v1', 'Widget shop.example.com/v1']));
    expect(kinds.filter((name) => /List$|^Status|Options$|Review$/.test(name))).toEqual([]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test('keeps of each kind its scope and a schema that stands alone', async () => {
    const [deployment] = (await components()).filter(({ kind }) => kind === 'Deployment');
    expect(deployment?.metadata).toMatchObject({ isNamespaced: true });
    const schema = await schemaOf(deployment?.id ?? '');
    expect(Object.keys(schema.properties).sort()).toEqual(['metadata', 'spec']);
    expect(() => new Ajv({ strict: false, validateFormats: false }).compile(schema)).not.toThrow();
    expect(JSON.stringify(schema)).not.toContain('#/components/');
    const [namespace] = (await components()).filter(({ kind }) => kind === 'Namespace');
    expect(namespace?.metadata).toMatchObject({ isNamespaced: false });
  });

  test('puts Kubernetes in one model of its version and each group of custom resources in one of its own', async () => {
    const models = await server.userData.read((data) => data.models.all({}));
    expect(models.map(({ name, modelVersion }) => [name, modelVersion]).sort()).toEqual([
      ['kubernetes', expect.stringMatching(/^v1\.\d+\./)],
      ['meshery-core', 'v1.0.0'],
      ['shop-example-com', 'v1.0.0'],
    ]);
  });

  test('the same again changes nothing; a definition that is another takes the place of what it was', async () => {
    const before = await components();
    const again = await registered(form({ prod: {} }));
    expect(again.targets).toMatchObject([{ message: expect.stringContaining('0 new, 0 changed') }]);
    expect(await components()).toEqual(before);
    const { spec } = crdObject(widget) as unknown as { spec: { versions: [{ schema: { openAPIV3Schema: object } }] } };
    Object.assign(spec.versions[0].schema.openAPIV3Schema, { description: 'What the shop sells.' });
    await admin.patch(`${definitions}/${widget.plural}.${widget.group}`, { spec });
    await described(widget, 'What the shop sells.');
    expect((await registered(form({ prod: {} }))).targets).toMatchObject([
      { message: expect.stringContaining('0 new, 1 changed') },
    ]);
    const after = await components();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.find(({ kind }) => kind === 'Widget')?.description).toBe('What the shop sells.');
  });

  test('a cluster that fails holds up no other and is named', async () => {
    const web = createServer((_request, response) =>
      response.end('{"gitVersion":"v1.2.3","paths":{"api/v1":{}}}'),
    ).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const url = `http://127.0.0.1:${String((web.address() as AddressInfo).port)}`;
    const dead = { server: 'https://127.0.0.1:1' };
    const other = { server: url, 'certificate-authority-data': undefined };
    const operation = await registered(form({ dead, other, prod: {} }));
    expect(operation).toMatchObject({
      ...{ state: 'failed', error: { code: 'meshery-kube-1303' } },
      targets: [
        { name: 'dead', state: 'failed' },
        { name: 'other', state: 'succeeded', message: '0 components: 0 new, 0 changed' },
        { name: 'prod', state: 'succeeded' },
      ],
    });
    web.close();
  });

  test('takes only the contexts that are selected', async () => {
    const found = await owner.upload('/api/system/kubernetes/contexts', form({ one: {}, two: {} }));
    const selectedContexts = JSON.stringify([found.body[1].id]);
    const { targets } = await registered(form({ one: {}, two: {} }, { selectedContexts }));
    expect(targets).toMatchObject([{ id: found.body[1].id, name: 'two' }]);
    const none = await owner.upload(register, form({ one: {} }, { selectedContexts: '[]' }));
    expect([none.status, none.body.code]).toEqual([400, 'meshery-core-1001']);
  });

  test.each([
    [
      'what would run a program',
      { cluster: {}, user: { exec: { apiVersion: 'v1', command: '/bin/touch' } } },
      403,
      'meshery-kube-1305',
    ],
    ['what would read a file', { cluster: {}, user: { tokenFile: '/etc/passwd' } }, 403, 'meshery-kube-1305'],
    [
      'an address of the machine',
      { cluster: { server: 'https://169.254.169.254' }, user: undefined },
      400,
      'meshery-connection-1704',
    ],
  ])('refuses %s before anything begins', async (_what, bad, refused, code) => {
    const before = (await owner.get('/api/system/operations')).body.totalCount;
    const { status, body } = await owner.upload(register, form({ bad: bad.cluster }, {}, bad.user));
    expect([status, body.code]).toEqual([refused, code]);
    expect((await owner.get('/api/system/operations')).body.totalCount).toBe(before);
  });

  test('is for editors, and wants a form with a kubeconfig', async () => {
    expect((await viewer.upload(register, form({ prod: {} }))).status).toBe(403);
    expect((await owner.upload(register, new FormData())).status).toBe(400);
    expect((await owner.post(register, { k8sfile: 'x' })).status).toBe(400);
  });
});

/** What no source brings in yet: relationships and policies, and a model of the same name from somebody else. */
async function seed(): Promise<void> {
  const at = new Date().toISOString();
  const record = () => ({ id: randomUUID(), createdAt: at, updatedAt: at, version: 'v1.0.0', digest: '' });
  await server.userData.change(async (data) => {
    const shop = await data.models.find({ name: 'shop-example-com' });
    const tools = { id: randomUUID(), createdAt: at, updatedAt: at, name: 'Tools' as const, metadata: {} };
    const hub = {
      ...{ id: randomUUID(), createdAt: at, updatedAt: at, kind: 'artifacthub' },
      name: 'hub',
      type: 'registry',
      subType: '',
    };
    if (shop === undefined) throw new Error('nothing is registered');
    await data.categories.insert(tools);
    await data.registrants.insert(hub);
    const links = { registrantId: hub.id, categoryId: tools.id };
    const twin = {
      ...shop,
      ...record(),
      ...links,
      displayName: 'Drawn',
      isAnnotation: true,
      status: 'ignored' as const,
    };
    await data.models.insert(twin);
    const widget = await data.components.find({ modelId: shop.id });
    if (widget !== undefined)
      await data.components.insert({ ...widget, ...record(), modelId: twin.id, isAnnotation: true });
    const drawn = { kind: 'edge', type: 'binding', subType: 'mount', evaluationQuery: '', status: 'enabled' } as const;
    const free = { metadata: {}, capabilities: [], selectors: [] };
    for (const type of ['binding', 'non-binding']) {
      await data.relationships.insert({ ...record(), ...drawn, ...free, type, modelId: shop.id });
    }
    await data.policies.insert({
      ...record(),
      kind: 'edge_policy',
      subType: 'x',
      expression: { a: 1 },
      modelId: shop.id,
    });
  });
}

describe.each(['/api/registry', '/api/meshmodels'])('the lists of %s', (base) => {
  const get = (path: string) => owner.get(`${base}/${path}`);
  const names = async (path: string, rows: string, field: string): Promise<readonly string[]> =>
    (await get(path)).body[rows].map((row: Record<string, string>) => row[field]);

  beforeAll(async () => {
    if (await server.userData.read(async (data) => (await data.policies.all({})).length === 0)) await seed();
  });

  test('models: a page with counts, places and duplicates, in both spellings', async () => {
    const { status, body } = await get('models?pagesize=3&order=display_name desc');
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      ['models', 'next', 'page', 'pageSize', 'page_size', 'totalCount', 'total_count'],
    ]);
    expect(body).toMatchObject({ page: 0, pageSize: 3, total_count: 4 });
    const rest = await get(`models?pagesize=3&order=display_name desc&after=${String(body.next)}`);
    expect([rest.body.models.length, rest.body.next]).toEqual([1, undefined]);
    const [shop, core, kubernetes] = body.models;
    expect(shop).toMatchObject({
      ...{ name: 'shop-example-com', displayName: 'Shop Example Com', display_name: 'Shop Example Com' },
      ...{
        schemaVersion: 'models.meshery.io/v1beta2',
        version: 'v1.0.0',
        model: { version: 'v1.0.0' },
        status: 'enabled',
      },
      registrant: { kind: 'kubernetes', status: 'registered', schemaVersion: 'connections.meshery.io/v1beta3' },
      category: { name: 'Uncategorized', metadata: {} },
      ...{ componentsCount: 1, relationshipsCount: 2, components: [], relationships: [], duplicates: 1 },
    });
    expect(core).toMatchObject({ name: 'meshery-core', componentsCount: 0, registrant: { kind: 'meshery' } });
    expect(shop).not.toHaveProperty('digest');
    expect(kubernetes).toMatchObject({ name: 'kubernetes', duplicates: 0, subCategory: 'Kubernetes' });
    expect(kubernetes.componentsCount).toBeGreaterThan(50);
  });

  test('models/{model} and the filters of models', async () => {
    expect(await names('models/kubernetes', 'models', 'name')).toEqual(['kubernetes']);
    expect(await names('models/nothing', 'models', 'name')).toEqual([]);
    const [id] = await names('models/kubernetes', 'models', 'id');
    const shown = ['Drawn', 'Kubernetes', 'Meshery Core', 'Shop Example Com'];
    for (const [query, wanted] of [
      [`id=${id}`, ['Kubernetes']],
      ['status=ignored', ['Drawn']],
      ['annotations=true', ['Drawn']],
      ['annotations=false', shown.slice(1)],
      ['annotations=include', shown],
      ['registrant=artifacthub', ['Drawn']],
      ['registrant=nobody', []],
      ['version=v1.0.0', ['Drawn', 'Meshery Core', 'Shop Example Com']],
      ['search=SHOP.EXAMPLE', []],
      ['search=sHop', ['Drawn', 'Shop Example Com']],
      ['pagesize=1&page=1', ['Kubernetes']],
      ['pagesize=all&order=name&sort=desc&search=example', ['Drawn', 'Shop Example Com']],
    ] as const) {
      expect([query, (await names(`models?${query}`, 'models', 'displayName')).toSorted()]).toEqual([query, wanted]);
    }
  });

  test('models with what is in them', async () => {
    const { body } = await get('models/shop-example-com?components=true&relationships=true&status=enabled');
    expect(body.models).toMatchObject([
      {
        components: [{ component: { kind: 'Widget', schema: expect.stringContaining('"spec"') } }],
        relationships: [{ kind: 'edge' }, { kind: 'edge' }],
      },
    ]);
    const trimmed = await get('models/shop-example-com?components=true&trim=true&status=enabled');
    expect(trimmed.body.models).toMatchObject([{ components: [{ component: { schema: '' } }], relationships: [] }]);
  });

  test('components: each with its model, its schema unless trimmed, sorted and filtered', async () => {
    const { status, body } = await get('components?search=deployment&apiVersion=apps/v1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalCount: 1, pageSize: 10 });
    expect(body.components).toMatchObject([
      {
        ...{ displayName: 'Deployment', schemaVersion: 'components.meshery.io/v1beta3', format: 'JSON', duplicates: 0 },
        component: { kind: 'Deployment', version: 'apps/v1', schema: expect.stringContaining('"$defs"') },
        model: { name: 'kubernetes', registrant: { kind: 'kubernetes' }, model: { version: expect.any(String) } },
        modelReference: { name: 'kubernetes', registrant: { kind: 'kubernetes' } },
      },
    ]);
    expect(body.components[0].model_id).toBe(body.components[0].model.id);
    const trimmed = await get('components?search=deployment&trim=true');
    expect(trimmed.body.components[0].component.schema).toBe('');
    const all = await get('components?pagesize=all&order=kind desc');
    const kinds = all.body.components.map(({ component }: { component: { kind: string } }) => component.kind);
    expect(kinds).toEqual(kinds.toSorted().toReversed());
    expect(all.body.totalCount).toBe(kinds.length);
    expect(
      all.body.components.every(({ component }: { component: { schema: string } }) => component.schema === ''),
    ).toBe(true);
  });

  test.each([
    ['components/Widget', 2],
    ['components/Nothing', 0],
    ['components?annotations=true', 1],
    ['models/shop-example-com/components', 2],
    ['models/shop-example-com/components?version=v2', 0],
    ['models/kubernetes/components/Pod', 1],
    ['models/kubernetes/components/Widget', 0],
    ['categories/Tools/components', 1],
    ['categories/Nothing/components', 0],
    ['categories/Tools/components/Widget', 1],
    ['categories/Tools/models/shop-example-com/components', 1],
    ['categories/Tools/models/kubernetes/components', 0],
    ['categories/Uncategorized/models/shop-example-com/components/Widget', 1],
  ])('%s finds %i', async (path, count) => {
    const { status, body } = await get(path);
    expect([status, body.totalCount, body.components.length]).toEqual([200, count, count]);
  });

  test('relationships, of all models and of one, by kind, type and subtype', async () => {
    const { body } = await get('relationships?type=binding&subType=mount&kind=edge');
    expect(body).toMatchObject({
      totalCount: 1,
      relationships: [
        {
          ...{ kind: 'edge', type: 'binding', subType: 'mount', sub_type: 'mount', evaluationQuery: '' },
          ...{ schemaVersion: 'relationships.meshery.io/v1beta3', selectors: [] },
          model: { name: 'shop-example-com' },
        },
      ],
    });
    expect((await get('models/shop-example-com/relationships?')).body.totalCount).toBe(2);
    expect((await get('models/shop-example-com/relationships/edge')).body.totalCount).toBe(2);
    expect((await get('models/shop-example-com/relationships/sibling')).body.totalCount).toBe(0);
    expect((await get('models/kubernetes/relationships')).body.totalCount).toBe(0);
  });

  test('policies of a model, by name', async () => {
    const { body } = await get('models/shop-example-com/policies');
    expect(body.policies).toMatchObject([
      { kind: 'edge_policy', subType: 'x', expression: { a: 1 }, model: { name: 'shop-example-com' } },
    ]);
    expect((await get('models/shop-example-com/policies/edge_policy')).body.totalCount).toBe(1);
    expect((await get('models/shop-example-com/policies/other')).body.totalCount).toBe(0);
    expect((await get('models/kubernetes/policies')).body.totalCount).toBe(0);
  });

  test('policies of a model, by name without the slash, under the older name of the registry', async () => {
    const { status, body } = await get('models/shop-example-com/policiesedge_policy');
    const isOlder = base === '/api/meshmodels';
    expect([status, body.totalCount]).toEqual(isOlder ? [200, 1] : [404, undefined]);
  });

  test('categories, with their models', async () => {
    expect(await names('categories', 'categories', 'name')).toEqual([
      'Orchestration & Management',
      'Tools',
      'Uncategorized',
    ]);
    expect(await names('categories/Tools', 'categories', 'name')).toEqual(['Tools']);
    expect(await names('categories/Tools/models', 'models', 'displayName')).toEqual(['Drawn']);
    const orchestration = `categories/${encodeURIComponent('Orchestration & Management')}`;
    expect(await names(`${orchestration}/models/kubernetes`, 'models', 'name')).toEqual(['kubernetes']);
    expect(await names(`${orchestration}/models/shop-example-com`, 'models', 'name')).toEqual([]);
  });

  test('registrants, with what they brought', async () => {
    const { body } = await get('registrants');
    expect(body.registrants).toMatchObject([
      { name: 'hub', kind: 'artifacthub', summary: { models: 1, components: 1, relationships: 0, policies: 0 } },
      { name: 'kubernetes', summary: { models: 2, relationships: 2, policies: 1 }, status: 'registered' },
      { name: 'meshery', kind: 'meshery', summary: { models: 1, components: 0, relationships: 0, policies: 0 } },
    ]);
  });

  test.each([
    'models?page=-1',
    'models?pagesize=0',
    'models?order=digest',
    'models?order=name;DROP TABLE models',
    'models?id=x',
    'models?status=new',
    'models?annotations=maybe',
    'models?components=maybe',
    'models/%00',
    `models/${'x'.repeat(2000)}`,
    'components?trim=1',
    'components?search=a&search=b',
    'components?search=%00',
    'components/%00',
    'relationships?order=selectors',
    'categories/%00/models',
    'registrants?order=body',
  ])('%s is refused', async (path) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
  });

  test('is read by every account and by nobody else', async () => {
    expect((await viewer.get(`${base}/models`)).status).toBe(200);
    const stranger = await Caller.signUp(server, `otto-${base.length}`, 'viewer', 'own');
    expect((await stranger.get(`${base}/components?trim=true`)).status).toBe(200);
    expect((await fetch(`${server.url}${base}/models`)).status).toBe(401);
  });
});
