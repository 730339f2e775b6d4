import { connectionStatuses } from '@meshery/object-model';
import { definitionId } from '../src/registry/connection-definitions/kept-definitions.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Kinds of connections that users register; tools/parity/proofs names these tests. */

const registry = '/api/registry/connections';
const connections = '/api/integrations/connections';

let server: TestServer;
let owner: Caller;
let editor: Caller;
let viewer: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  editor = await Caller.signUp(server, 'edda', 'editor');
  viewer = await Caller.signUp(server, 'vera', 'viewer');
}, 60_000);
afterAll(() => server.stop());

const form = { type: 'object', title: 'Jenkins', required: ['url'], properties: { url: { type: 'string' } } };
const secret = { type: 'object', properties: { secret: { type: 'string', format: 'password' } } };
/** Neither discovered nor disconnected: another life than that of every built-in kind. */
const life = {
  registered: [{ nextState: 'connected', description: 'Use it.' }],
  connected: [{ nextState: 'maintenance' }, { nextState: 'deleted' }],
  maintenance: [{ nextState: 'connected' }],
};
const body = (kind: string, over: object = {}): object => {
  const texts = { kind, name: 'Jenkins', description: 'A server of builds.', type: 'collaboration', subType: 'ci' };
  const forms = { connectionSchema: form, credentialSchema: secret, transitionMap: life, status: 'registered' };
  return {
    ...texts,
    ...forms,
    styles: { svgColor: '<svg/>' },
    schemaVersion: 'connections.meshery.io/v1beta3',
    ...over,
  };
};

let count = 0;
/** A kind of its own for each test. */
async function registered(over: object = {}): Promise<{ readonly kind: string; readonly id: string }> {
  count += 1;
  const kind = `kind-${String(count)}`;
  const { status, body: made } = await owner.post(registry, body(kind, over));
  expect([status, made.kind]).toEqual([201, kind]);
  return { kind, id: made.id };
}

async function made(kind: string, fields: object = {}): Promise<string> {
  const answer = await owner.post(connections, { name: 'c', kind, ...fields });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const codeOf = ({ status, body: { code } }: Awaited<ReturnType<Caller['get']>>): readonly unknown[] => [status, code];

describe.each([registry, '/api/meshmodels/connections'])('%s', (path) => {
  test('registers a kind that is listed, told of and recorded', async () => {
    const kind = `Jenkins-${String(path.length)}`;
    const answer = await editor.post(path, body(kind));
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...{ id: definitionId(kind.toLowerCase()), kind: kind.toLowerCase(), status: 'registered', version: 'v1.0.0' },
        ...{ connectionSchema: form, credential_schema: secret, modelReference: { name: 'meshery-core' } },
        transitionMap: { maintenance: [{ nextState: 'connected', description: '' }] },
      },
    });
    const { id } = answer.body as { id: string };
    expect((await viewer.get(`${path}/${id}`)).body).toEqual(answer.body);
    expect((await viewer.get(`${path}?search=JENKINS-${String(path.length)}`)).body.totalCount).toBe(1);
    const { events } = (await editor.get('/api/system/events?category=["registry"]')).body;
    expect(events).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'create', actedUpon: id })]));
    const audit = await server.userData.read((data) => data.audit.after(0, 1000));
    expect(audit).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'registry.create', objectId: id, userId: editor.id, decision: 'allowed' }),
      ]),
    );
  });

  test('{id} takes another definition of the same kind, and what it answered itself', async () => {
    const { id, kind } = await registered();
    const changed = await editor.put(
      `${path}/${id}`,
      body(kind.toUpperCase(), { name: 'Other', credentialSchema: null }),
    );
    expect(changed).toMatchObject({ status: 200, body: { id, kind, name: 'Other', credentialSchema: null } });
    const again = await editor.put(`${path}/${id}`, changed.body);
    expect(again.body).toEqual({ ...changed.body, updatedAt: again.body.updatedAt, updated_at: again.body.updated_at });
    expect(codeOf(await editor.put(`${path}/${id}`, body('another')))).toEqual([400, 'meshery-core-1001']);
  });

  test('{id} is removed when no connection has it', async () => {
    const { id, kind } = await registered();
    const connection = await made(kind);
    const refused = await owner.delete(`${path}/${id}`);
    expect(codeOf(refused)).toEqual([409, 'meshery-registry-2104']);
    expect(refused.body.suggestedRemediation[0]).toContain('Remove the connections');
    expect((await owner.delete(`${connections}/${connection}`)).status).toBe(200);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(204);
    expect(codeOf(await owner.delete(`${path}/${id}`))).toEqual([404, 'meshery-core-1002']);
    expect(codeOf(await owner.post(connections, { name: 'c', kind }))).toEqual([400, 'meshery-connection-1701']);
  });

  test('the kinds of the server itself stay as they are', async () => {
    const id = definitionId('kubernetes');
    const before = await owner.get(`${path}/${id}`);
    expect(codeOf(await owner.post(path, body('Kubernetes')))).toEqual([409, 'meshery-registry-2102']);
    expect(codeOf(await owner.put(`${path}/${id}`, body('kubernetes')))).toEqual([409, 'meshery-registry-2103']);
    expect(codeOf(await owner.delete(`${path}/${id}`))).toEqual([409, 'meshery-registry-2103']);
    expect(await owner.get(`${path}/${id}`)).toEqual(before);
  });

  test('is changed by who may import models, and emptied by who may remove them', async () => {
    const { id, kind } = await registered();
    for (const asked of [
      viewer.post(path, body('no')),
      viewer.put(`${path}/${id}`, body(kind)),
      viewer.delete(`${path}/${id}`),
      editor.delete(`${path}/${id}`),
    ]) {
      expect(codeOf(await asked)).toEqual([403, expect.stringMatching(/^meshery-auth-120/)]);
    }
    expect((await fetch(server.url + path, { method: 'POST' })).status).toBe(401);
    expect((await owner.get(`${path}/${id}`)).body.name).toBe('Jenkins');
  });
});

test.each([
  ['no kind', { kind: ' ' }],
  ['a kind that is markup', { kind: '<b>' }],
  ['no form', { connectionSchema: undefined }],
  ['a form that is text', { connectionSchema: '{}' }],
  ['a form of no object', { connectionSchema: { type: 'string' } }],
  ['a field that is no schema', { credentialSchema: { type: 'object', properties: { a: 'b' } } }],
  ['a form without bounds', { connectionSchema: { ...form, title: 'x'.repeat(20_000) } }],
  ['drawings without bounds', { styles: { svgColor: 'x'.repeat(200_000) } }],
  ['a status that there is not', { transitionMap: { registered: [{ nextState: 'on fire' }] } }],
  ['a status that nothing leads to', { transitionMap: { ...life, ignored: [{ nextState: 'registered' }] } }],
  ['a life after its end', { transitionMap: { ...life, deleted: [{ nextState: 'registered' }] } }],
  ['a life that begins with its end', { status: 'deleted' }],
  ['a first status that is not one', { status: 'new' }],
  ['a model that is no id', { modelId: '../1' }],
  ['a model with the character 0', { modelReference: { name: '\0' } }],
  ['a text with the character 0', { description: '\0' }],
])('%s is refused', async (_what, over) => {
  const { totalCount } = (await owner.get(registry)).body;
  expect(codeOf(await owner.post(registry, body('bad', over)))).toEqual([400, 'meshery-core-1001']);
  expect((await owner.get(registry)).body.totalCount).toBe(totalCount);
});

test('a kind is registered once, however it is spelled and however often at once', async () => {
  const asked = ['constructor', 'Constructor', 'CONSTRUCTOR'].map((kind) => owner.post(registry, body(kind)));
  const codes = (await Promise.all(asked)).map(({ status, body: { code = '' } }) => `${String(status)} ${code}`);
  expect(codes.sort()).toEqual(['201 ', '409 meshery-registry-2102', '409 meshery-registry-2102']);
});

test('a kind is in the model that is named, and stays there', async () => {
  const at = new Date().toISOString();
  const [shop, twin] = await server.userData.change(async (data) => {
    const core = await data.models.find({ name: 'meshery-core' });
    if (core === undefined) throw new Error('the server has a model');
    const copies = ['shop', 'twin', 'twin'].map((name, index) => {
      const id = `00000000-0000-4000-8000-00000000000${String(index)}`;
      return { ...core, id, name, modelVersion: `v${String(index)}`, createdAt: at };
    });
    for (const copy of copies) await data.models.insert(copy);
    return copies;
  });
  const { id, kind } = await registered({ modelReference: { name: 'shop' } });
  const modelOf = async (over: object): Promise<string> =>
    (await owner.put(`${registry}/${id}`, body(kind, over))).body.modelReference.id;
  expect((await owner.get(`${registry}/${id}`)).body.modelId).toBe(shop?.id);
  expect(await modelOf({})).toBe(shop?.id);
  expect(await modelOf({ model_id: twin?.id.toUpperCase() })).toBe(twin?.id);
  const name = 'no-such-model';
  for (const over of [{ modelId: definitionId(kind) }, { modelReference: { name } }]) {
    expect(codeOf(await owner.put(`${registry}/${id}`, body(kind, over)))).toEqual([404, 'meshery-core-1002']);
  }
  const several = await owner.put(`${registry}/${id}`, body(kind, { modelReference: { name: 'twin' } }));
  expect(codeOf(several)).toEqual([400, 'meshery-core-1001']);
  const connection = await made(kind);
  expect((await owner.get(`${connections}/${connection}`)).body.modelReference).toMatchObject({ name: 'twin' });
});

describe('a connection of a kind of its own', () => {
  let kind: string;
  let id: string;
  beforeAll(async () => ({ kind, id } = await registered()));

  test('goes through the life of its row and no other', async () => {
    for (const from of ['registered', 'connected', 'maintenance'] as const) {
      for (const to of connectionStatuses) {
        if (from === to) continue;
        const one = await made(kind, { status: from });
        const steps = life[from].map(({ nextState }) => nextState);
        const { status, body: answer } = await owner.put(`${connections}/${one}`, { status: to });
        const expected = steps.includes(to) ? [200, undefined] : [409, 'meshery-connection-1700'];
        expect([from, to, status, answer.code]).toEqual([from, to, ...expected]);
      }
    }
    for (const status of ['discovered', 'ignored', 'not found', 'deleted']) {
      expect(codeOf(await owner.post(connections, { name: 'c', kind, status }))).toEqual([400, 'meshery-core-1001']);
    }
    expect((await owner.get(`${connections}/${await made(kind)}`)).body.transitionMap).toMatchObject(life);
  });

  test('is told why its life does not come to a status', async () => {
    const { body: refused } = await owner.put(`${connections}/${await made(kind)}`, { status: 'ignored' });
    expect(refused).toMatchObject({
      probableCause: [`The life of its kind does not come to that: no ${kind} becomes ignored.`],
      suggestedRemediation: ['From here it can become: connected.'],
    });
  });

  test('is made by its forms: registered or connected, with its secret', async () => {
    const forms = await owner.post(`${connections}/register`, { kind: kind.toUpperCase(), status: 'initialize' });
    expect(JSON.parse(forms.body.connection.component.schema)).toEqual(form);
    expect(JSON.parse(forms.body.credential.component.schema)).toEqual(secret);
    for (const [status, wanted] of [
      ['register', 'registered'],
      ['connect', 'connected'],
    ]) {
      const { id: asked } = (await owner.post(`${connections}/register`, { kind, status: 'initialize' })).body;
      const event = { id: asked, kind, status, name: 'by forms', credentialSecret: { secret: 's' } };
      expect((await owner.post(`${connections}/register`, event)).status).toBe(200);
      const { body: kept } = await owner.get(`${connections}/${asked}`);
      expect([kept.status, typeof kept.credentialId, kept.type]).toEqual([wanted, 'string', 'collaboration']);
    }
  });

  test('is reached by nobody, and says so', async () => {
    const one = await made(kind, { url: 'http://127.0.0.1:1' });
    expect(codeOf(await owner.post(`${connections}/${one}/ping`))).toEqual([501, 'meshery-core-1009']);
    expect(codeOf(await owner.post(`${connections}/${one}/check`))).toEqual([400, 'meshery-connection-1709']);
    expect((await owner.put(`${connections}/${one}`, { status: 'connected' })).body.status).toBe('connected');
  });

  test('follows a change of its kind at once, which leaves none behind', async () => {
    const { id: own, kind: named } = await registered();
    const one = await made(named, { status: 'maintenance' });
    const read = async () => (await owner.get(`${connections}/${one}`)).body;
    expect([(await read()).transitionMap, (await read()).transitionMap]).toMatchObject([life, life]);
    const shorter = { registered: [{ nextState: 'connected' }] };
    const refused = await owner.put(`${registry}/${own}`, body(named, { transitionMap: shorter }));
    expect([...codeOf(refused), refused.body.error]).toEqual([
      ...[409, 'meshery-registry-2104'],
      `Connections of kind "${named}" are maintenance.`,
    ]);
    const longer = { ...life, maintenance: [{ nextState: 'registered' }] };
    expect((await owner.put(`${registry}/${own}`, body(named, { transitionMap: longer }))).status).toBe(200);
    expect((await read()).transitionMap).toMatchObject(longer);
    expect(codeOf(await owner.put(`${connections}/${one}`, { status: 'connected' }))[1]).toBe(
      'meshery-connection-1700',
    );
    expect((await owner.put(`${connections}/${one}`, { status: 'registered' })).status).toBe(200);
  });

  test('has it after a start as well', async () => {
    const one = await made(kind, { status: 'maintenance' });
    const before = await owner.get(`${registry}/${id}`);
    const { folder } = server;
    await server.service.stop();
    server = await startTestServer({ folder });
    owner = Caller.owner(server);
    expect(await owner.get(`${registry}/${id}`)).toEqual(before);
    expect((await owner.put(`${connections}/${one}`, { status: 'connected' })).status).toBe(200);
  });
});

test('there are a hundred kinds at most', async () => {
  const { totalCount } = (await owner.get(registry)).body as { totalCount: number };
  for (let index = totalCount; index < 100; index += 1) await registered();
  expect(codeOf(await owner.post(registry, body('one-too-many')))).toEqual([413, 'meshery-registry-2101']);
  expect((await owner.get(registry)).body.totalCount).toBe(100);
});
