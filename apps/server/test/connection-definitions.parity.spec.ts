import { builtInConnectionDefinitions } from '@meshery/object-model';
import { definitionId } from '../src/registry/connection-definitions/kept-definitions.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Kinds of connections as rows of the registry; tools/parity/proofs names these tests. */

const connections = '/api/integrations/connections';
const kinds = builtInConnectionDefinitions.map(({ kind }) => kind);

let server: TestServer;
let owner: Caller;
let viewer: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
}, 60_000);
afterAll(() => server.stop());

interface Listed {
  readonly id: string;
  readonly kind: string;
}

const core = {
  ...{ name: 'meshery-core', displayName: 'Meshery Core', version: 'v1.0.0' },
  ...{ model: { version: 'v1.0.0' }, registrant: { kind: 'meshery' } },
};

describe.each(['/api/registry/connections', '/api/meshmodels/connections'])('%s', (path) => {
  const kindsOf = async (query: string): Promise<readonly string[]> =>
    (await owner.get(`${path}?${query}`)).body.connectionDefinitions.map(({ kind }: Listed) => kind);

  test('lists every kind, page by page, in both spellings', async () => {
    const { status, body } = await viewer.get(`${path}?pagesize=4&order=kind desc`);
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      [
        ...['connectionDefinitions', 'connection_definitions', 'next', 'page', 'pageSize', 'page_size'],
        ...['totalCount', 'total_count'],
      ],
    ]);
    expect(body).toMatchObject({ page: 0, pageSize: 4, totalCount: kinds.length });
    expect(body.connectionDefinitions[0]).toMatchObject({
      ...{ kind: 'prometheus', name: 'Prometheus', type: 'telemetry', subType: 'metrics', sub_type: 'metrics' },
      ...{ status: 'registered', schemaVersion: 'connections.meshery.io/v1beta3', version: 'v1.0.0', styles: {} },
      transitionMap: {
        registered: expect.arrayContaining([{ nextState: 'connected', description: expect.any(String) }]),
      },
      connectionSchema: { type: 'object', required: ['url'] },
      credentialSchema: { properties: { secret: { writeOnly: true } } },
      modelReference: core,
      model: { name: 'meshery-core', category: { name: 'Orchestration & Management' } },
    });
    expect(body.connectionDefinitions[0].model_id).toBe(body.connectionDefinitions[0].modelReference.id);
    const rest = await kindsOf(`pagesize=all&order=kind desc&after=${String(body.next)}`);
    expect([...body.connectionDefinitions.map(({ kind }: Listed) => kind), ...rest]).toEqual(
      kinds.toSorted().toReversed(),
    );
  });

  test.each([
    ['pagesize=all', kinds.length],
    ['search=rafan', 1],
    ['search=%25', 0],
    ['kind=GitHub', 1],
    ['kind=nothing', 0],
    ['type=telemetry', 2],
    ['subType=orchestration', 1],
    ['version=v1.0.0&pagesize=all', kinds.length],
    ['version=v2', 0],
  ])('?%s finds %i', async (query, count) => {
    expect(await kindsOf(query)).toHaveLength(count);
  });

  test('{id} is one kind; no other id is any', async () => {
    const { body } = await owner.get(`${path}?kind=broker`);
    const [listed] = body.connectionDefinitions as readonly Listed[];
    expect(await viewer.get(`${path}/${listed?.id.toUpperCase() ?? ''}`)).toEqual({ status: 200, body: listed });
    const none = await owner.get(`${path}/00000000-0000-4000-8000-00000000dead`);
    expect([none.status, none.body.code]).toEqual([404, 'meshery-core-1002']);
    const bad = await owner.get(`${path}/broker`);
    expect([bad.status, bad.body.code]).toEqual([400, 'meshery-core-1001']);
  });

  test.each(['page=-1', 'pagesize=0', 'order=digest', 'order=kind;DROP TABLE models', 'search=%00', 'kind=a&kind=b'])(
    '?%s is refused',
    async (query) => {
      const { status, body } = await owner.get(`${path}?${query}`);
      expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    },
  );

  test('is read by every account and by nobody else', async () => {
    const stranger = await Caller.signUp(server, `otto-${String(path.length)}`, 'viewer', 'own');
    expect((await stranger.get(path)).body.totalCount).toBe(kinds.length);
    expect((await fetch(server.url + path)).status).toBe(401);
  });
});

test('the registry has them in one model of this server', async () => {
  const models = await owner.get('/api/registry/models/meshery-core');
  expect(models.body).toMatchObject({
    totalCount: 1,
    models: [{ componentsCount: 0, registrant: { name: 'meshery' } }],
  });
  const { body } = await owner.get('/api/registry/registrants');
  expect(body.registrants).toMatchObject([{ kind: 'meshery', summary: { models: 1, components: 0 } }]);
});

test('a connection is linked to its kind and answers the model of it', async () => {
  const made = await owner.post(connections, { name: 'c', kind: 'GitHub' });
  const { id } = made.body as Listed;
  const { body } = await owner.get(`${connections}/${id}`);
  expect([made.body.modelReference, body.modelReference, body.model_reference]).toEqual(
    Array.from({ length: 3 }, () => ({ id: expect.any(String), ...core })),
  );
  const kept = await server.userData.read((data) => data.connections.find({ id }));
  expect(kept?.definitionId).toBe(definitionId('github'));
  expect(Object.keys(body)).not.toContain('definitionId');
});

test('a start registers what this version knows, changes nothing else, and links connections of before', async () => {
  const { id } = (await owner.post(connections, { name: 'older', kind: 'grafana' })).body as Listed;
  const before = await server.userData.read((data) => data.connectionDefinitions.all({}));
  const changed = definitionId('grafana');
  await server.userData.change(async (data) => {
    await data.connections.update(id, { definitionId: null });
    await data.connectionDefinitions.update(changed, { name: 'of another version', digest: 'other' });
    await data.connections.remove({ kind: 'github' });
    await data.connectionDefinitions.remove({ id: definitionId('github') });
  });
  const { folder } = server;
  await server.service.stop();
  server = await startTestServer({ folder });
  owner = Caller.owner(server);
  const after = await server.userData.read((data) => data.connectionDefinitions.all({}));
  const isNew = ({ kind }: Listed): boolean => kind === 'grafana' || kind === 'github';
  expect(after.filter((row) => !isNew(row))).toEqual(before.filter((row) => !isNew(row)));
  expect(after.map(({ id: same, digest, name }) => [same, digest, name])).toEqual(
    before.map(({ id: same, digest, name }) => [same, digest, name]),
  );
  const kept = await server.userData.read((data) => data.connections.find({ id }));
  expect(kept?.definitionId).toBe(changed);
  expect((await owner.get(`${connections}/${id}`)).body.credentialSchema.title).toBe('Grafana credential');
});
