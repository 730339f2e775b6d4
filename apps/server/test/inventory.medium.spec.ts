import { publishedId } from '@meshery/contracts';
import type { ErrorBody, ResourcePage, ResourceRow, ResourceSummary } from '@meshery/contracts';
import { componentDraft, modelDraft, registrantDraft } from '@meshery/object-model';
import { systemClock } from '@meshery/observability';
import { RegistryWriter } from '../src/registry/registry-writer.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const resources = '/api/system/meshsync/resources';
const cluster = 'c1';
const mine = `clusterIds=${encodeURIComponent(JSON.stringify([cluster]))}`;

let server: TestServer;
let feed: Feed;
beforeAll(async () => {
  server = await startTestServer();
  feed = new Feed(server.store, cluster);
  await feed.open();
  await feed.upsert(
    {
      name: 'web-1',
      labels: { app: 'web', tier: 'gold' },
      annotations: { note: 'say "hi"\n' },
      spec: '{"big":9007199254740993,"f":1.10}',
    },
    { name: 'web-2', namespace: 'shop', labels: { app: 'web' }, status: '{"phase":"Running"}' },
    {
      name: 'db-1',
      namespace: 'shop',
      kind: 'ConfigMap',
      labels: JSON.parse('{"__proto__":"x"}') as Record<string, string>,
    },
    { name: 'rout"e', kind: 'Gateway', apiVersion: 'networking.istio.io/v1' },
  );
});
afterAll(async () => {
  await server.stop();
});

async function page(query: string): Promise<ResourcePage> {
  const response = await server.get(`${resources}?${query}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  return (await response.json()) as ResourcePage;
}
const names = async (query: string): Promise<string[]> => (await page(query)).resources.map((row) => row.metadata.name);

describe('the list', () => {
  test('omitted clusterIds select nothing, "all" everything, unknown ones nothing', async () => {
    expect((await page('')).totalCount).toBe(0);
    expect((await page(`clusterIds=${encodeURIComponent('["all"]')}`)).totalCount).toBe(4);
    expect((await page(`clusterIds=${encodeURIComponent('["nowhere"]')}`)).totalCount).toBe(0);
  });

  test('answers the published envelope and rows', async () => {
    const answer = await page(`${mine}&search=WEB-1`);
    const id = publishedId({ clusterId: cluster, kind: 'Pod', apiVersion: 'v1', namespace: 'default', name: 'web-1' });
    expect(answer).toMatchObject({ page: 0, pageSize: 25, totalCount: 1, design: null });
    expect(answer.resources).toEqual([
      {
        id,
        apiVersion: 'v1',
        kind: 'Pod',
        model: 'kubernetes',
        metadata: {
          name: 'web-1',
          namespace: 'default',
          uid: 'uid-default-web-1',
          resourceVersion: '101',
          creationTimestamp: '2026-01-02T03:04:05Z',
        },
        cluster_id: cluster,
      },
    ]);
  });

  test.each([
    ['kind=Pod', ['web-1', 'web-2']],
    ['kind=Pod&kind=ConfigMap', ['db-1', 'web-1', 'web-2']],
    ['namespace=shop', ['db-1', 'web-2']],
    ['label=app%3Dweb', ['web-1', 'web-2']],
    ['label=app%3Dweb&label=tier%3Dgold', ['web-1']],
    ['label=__proto__%3Dx', ['db-1']],
    ['apiVersion=networking.istio.io%2Fv1', ['rout"e']],
    ['model=istio', ['rout"e']],
    ['search=%25', []],
    ['search=_', []],
    ['search=NEAR(', []],
    ['order=name%20desc&kind=Pod', ['web-2', 'web-1']],
    ['patternId=none', []],
  ])('selects by %s', async (query, expected) => {
    expect(await names(`${mine}&${query}`)).toEqual(expected);
  });

  test('pages by number and by position without losing or repeating a row', async () => {
    const first = await page(`${mine}&pagesize=3`);
    const second = await page(`${mine}&pageSize=3&page=1`);
    const after = await page(`${mine}&page_size=3&after=${encodeURIComponent(first.next ?? '')}`);
    expect([...first.resources, ...second.resources].map((row) => row.metadata.name)).toEqual(await names(mine));
    expect(after.resources).toEqual(second.resources);
    expect(second.next).toBeUndefined();
  });

  test('optional parts are spliced in, numbers digit for digit', async () => {
    const response = await server.get(
      `${resources}?${mine}&search=web-1&spec=true&labels=true&annotations=true&status=true`,
    );
    const row = ((await response.json()) as ResourcePage).resources[0] as ResourceRow;
    expect(row.spec).toEqual({ id: row.id, attribute: '{"big":9007199254740993,"f":1.10}' });
    expect(row.metadata.annotations?.[0]).toMatchObject({
      kind: 'annotation',
      key: 'note',
      value: 'say "hi"\n',
      id: row.id,
    });
    expect(row.metadata.labels?.map(({ key, value }) => `${key}=${value}`)).toEqual(['app=web', 'tier=gold']);
    expect(row.status).toBeUndefined();
  });

  test('fields= answers only the columns asked for', async () => {
    const answer = await page(`${mine}&search=web-1&fields=kind,name`);
    expect(answer.resources).toEqual([{ kind: 'Pod', metadata: { name: 'web-1' } }]);
  });

  test('asDesign is refused honestly', async () => {
    const response = await server.get(`${resources}?${mine}&asDesign=true`);
    expect([response.status, ((await response.json()) as ErrorBody).code]).toEqual([501, 'meshery-core-1009']);
  });
});

describe('bad input gives a coded 400 and changes nothing', () => {
  const long = 'x'.repeat(10_000);
  test.each([
    "order=name;ATTACH DATABASE '/tmp/x' AS a--",
    'order=(CASE WHEN 1=1 THEN name END)',
    'order=name sideways',
    'order=name asc, kind asc',
    `order=${long}`,
    'order=name&order=kind',
    'order=‘name’ asc',
    'page=-1',
    'page=1.5',
    'page=NaN',
    'page=1e3',
    'page=99999999999999999999',
    'page=1&page=2',
    'pagesize=0',
    'pagesize=1000000000',
    'pagesize=all',
    'pagesize=10&pageSize=10',
    'pagesize[]=1&pagesize[]=2&pagesize=x',
    'clusterIds=c1',
    'clusterIds={"a":1}',
    'clusterIds=[1]',
    'clusterIds=[""]',
    'clusterIds=["a"]&clusterIds=["b"]',
    `clusterIds=[${'"a",'.repeat(600)}"a"]`,
    'label=novalue',
    'label==x',
    'spec=yes',
    'labels=1',
    'spec=true&spec=false',
    `search=${long}`,
    'search=a&search=b',
    'format=xml',
    'format=kubernetes&page=1',
    'after=../../etc/passwd%00',
    "after=' OR 1=1 --",
    'after=AAAA&page=1',
    'fields=password',
  ])('%s', async (query) => {
    const encoded = query.split('&').map((pair) => {
      const at = pair.indexOf('=');
      return `${pair.slice(0, at)}=${encodeURIComponent(pair.slice(at + 1))}`;
    });
    const prefix = query.includes('clusterIds') ? '' : `${mine}&`;
    const response = await server.get(`${resources}?${prefix}${encoded.join('&')}`);
    const body = (await response.json()) as ErrorBody;
    expect({ status: response.status, code: body.code }).toEqual({ status: 400, code: 'meshery-core-1001' });
    expect(body.suggestedRemediation.length).toBeGreaterThan(0);
    expect((await page(mine)).totalCount).toBe(4);
  });

  test('an opaque position that was never issued', async () => {
    const response = await server.get(`${resources}?${mine}&after=bm9uc2Vuc2U`);
    expect([response.status, ((await response.json()) as ErrorBody).code]).toEqual([400, 'meshery-core-1001']);
  });

  test.each(['', '?clusterId=', `?clusterId=${'a'.repeat(5000)}`])('summary%s', async (query) => {
    const response = await server.get(`${resources}/summary${query}`);
    expect(response.status).toBe(400);
  });

  test('a header of changes that is no sequence', async () => {
    const response = await server.get(`${resources}/subscribe?${mine}`, { headers: { 'last-event-id': '-1' } });
    expect(response.status).toBe(400);
  });

  test('an oversized and a malformed body', async () => {
    const put = (body: string): Promise<Response> =>
      server.get('/api/system/log-level', { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
    expect((await put(`"${'x'.repeat(2_000_000)}"`)).status).toBe(413);
    const malformed = await put('{"level":');
    expect([malformed.status, await malformed.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'meshery-core-1001', requestId: malformed.headers.get('x-request-id') }),
    ]);
    expect((await put('{"level":"loud"}')).status).toBe(400);
    expect((await put('{"level":"info","__proto__":{}}')).status).toBe(400);
  });
});

describe('one object', () => {
  const id = publishedId({ clusterId: cluster, kind: 'Pod', apiVersion: 'v1', namespace: 'default', name: 'web-1' });

  const textOf = async (path: string): Promise<string> => (await server.get(`${resources}/${path}`)).text();

  test('is a component, found by its published id and by its uid, with every digit', async () => {
    const byId = await textOf(encodeURIComponent(id));
    expect(await textOf('uid-default-web-1')).toBe(byId);
    const component = JSON.parse(byId) as Record<string, never>;
    expect(component).toEqual({
      ...{ id, schemaVersion: 'components.meshery.io/v1beta3', schema_version: 'components.meshery.io/v1beta3' },
      ...{ displayName: 'web-1', display_name: 'web-1', version: 'v1.0.0', description: '', format: 'JSON' },
      ...{ status: 'enabled', styles: {}, capabilities: [], component: { kind: 'Pod', version: 'v1', schema: '' } },
      ...{ model: { name: 'kubernetes' }, modelReference: { name: 'kubernetes' } },
      model_reference: { name: 'kubernetes' },
      metadata: {
        isNamespaced: true,
        instanceDetails: { clusterId: cluster, uid: 'uid-default-web-1', resourceVersion: '101' },
      },
      configuration: {
        metadata: expect.objectContaining({ name: 'web-1', namespace: 'default' }),
        spec: expect.any(Object),
      },
    });
    expect(byId).toContain('"spec":{"big":9007199254740993,"f":1.10}');
  });

  test('has its state beside its configuration, and what the registry knows of its kind', async () => {
    const kind = { kind: 'Pod', apiVersion: 'v1', displayName: 'Pod', schema: '{"type":"object"}' };
    const model = {
      name: 'kubernetes',
      displayName: 'Kubernetes',
      modelVersion: 'v1.34.0',
      category: 'Orchestration & Management',
    };
    await new RegistryWriter(server.userData, systemClock).register({
      registrant: registrantDraft.parse({ kind: 'kubernetes', name: 'kubernetes' }),
      model: modelDraft.parse({ ...model, version: 'v1.0.0', subCategory: 'Scheduling & Orchestration' }),
      components: [componentDraft.parse({ ...kind, version: 'v1.0.0', metadata: { published: true } })],
    });
    expect(JSON.parse(await textOf('uid-shop-web-2'))).toMatchObject({
      component: { kind: 'Pod', version: 'v1', schema: kind.schema },
      modelReference: { name: 'kubernetes', displayName: 'Kubernetes', model: { version: 'v1.34.0' } },
      model: { name: 'kubernetes', registrant: { kind: 'kubernetes' } },
      metadata: { published: true, instanceDetails: { status: { phase: 'Running' } } },
      configuration: expect.not.objectContaining({ status: expect.anything() }),
    });
  });

  test('format=row answers the row of the list with everything', async () => {
    const text = await textOf('uid-default-web-1?format=row');
    expect(JSON.parse(text)).toMatchObject({ id, metadata: { labels: [{ key: 'app' }, { key: 'tier' }] } });
    expect(text).toContain('9007199254740993');
  });

  test('format=kubernetes answers the stored text as it is', async () => {
    const text = await (await server.get(`${resources}/uid-default-web-1?format=kubernetes`)).text();
    expect(text).toMatch(/^\{"apiVersion":"v1","kind":"Pod","metadata":\{/);
    expect(text).toContain('"spec":{"big":9007199254740993,"f":1.10}');
  });

  test('that does not exist is a coded 404', async () => {
    for (const missing of ['nothing', encodeURIComponent('../../etc/passwd'), '%00', 'AAAA'.repeat(100)]) {
      const response = await server.get(`${resources}/${missing}`);
      expect([missing, response.status, ((await response.json()) as ErrorBody).code]).toEqual([
        missing,
        404,
        'meshery-core-1002',
      ]);
    }
  });

  test('is removed with 204, then 404, until discovery sees it again', async () => {
    await feed.upsert({ name: 'doomed' });
    const remove = (): Promise<Response> => server.get(`${resources}/uid-default-doomed`, { method: 'DELETE' });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await page(mine)).totalCount).toBe(4);
  });
});

test('the summary counts under the published names', async () => {
  const summary = (await (await server.get(`${resources}/summary?clusterId=${cluster}`)).json()) as ResourceSummary;
  expect(summary.kinds).toEqual(expect.arrayContaining([{ Kind: 'Pod', Model: 'kubernetes', Count: 2 }]));
  expect([...summary.namespaces].sort()).toEqual(['default', 'shop']);
  expect(summary.labels).toEqual(expect.arrayContaining([{ key: 'tier', value: 'gold' }]));
});

test('the export streams a Kubernetes List of the stored texts', async () => {
  const text = await (await server.get(`${resources}?${mine}&kind=Pod&format=kubernetes`)).text();
  const parsed = JSON.parse(text) as { apiVersion: string; kind: string; items: unknown[] };
  expect([parsed.apiVersion, parsed.kind, parsed.items.length]).toEqual(['v1', 'List', 2]);
  expect(text).toContain('9007199254740993');
  const none = await (await server.get(`${resources}?${mine}&kind=None&format=kubernetes`)).text();
  expect(JSON.parse(none)).toEqual({ apiVersion: 'v1', kind: 'List', items: [] });
});

test('the version has the published keys in both spellings', async () => {
  const body = (await (await fetch(`${server.url}/api/system/version`)).json()) as Record<string, unknown>;
  expect(Object.keys(body).sort()).toEqual([
    'build',
    'commitsha',
    'latest',
    'outdated',
    'releaseChannel',
    'release_channel',
    'version',
  ]);
});
