import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Credentials over REST: written with their secret, read without it, and kept sealed. */

const canary = 'canary-4b1e8d-secret';
const path = '/api/integrations/credentials';
const nowhere = '00000000-0000-4000-8000-0000000000ff';

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(() => server.stop());

async function make(name = 'k', by = owner): Promise<string> {
  const { status, body } = await by.post(path, { name, type: 'grafana', secret: { secret: `${canary}-${name}` } });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

test('POST makes one that GET shows without its secret', async () => {
  const made = await owner.post(path, { name: ' g ', type: 'grafana', secret: { secret: canary }, owner: nowhere });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    name: 'g',
    type: 'grafana',
    user_id: owner.id,
    organizationId: owner.organizationId,
  });
  expect((await owner.get(`${path}/${made.body.id}`)).body).toEqual(made.body);
  expect(Object.keys(made.body).filter((name) => /secret|sealed/i.test(name))).toEqual([]);
});

test('GET pages and searches', async () => {
  for (const name of ['zeta', 'zebra', 'Zenit']) await make(name);
  const { body } = await owner.get(`${path}?search=ze&pagesize=2&order=name%20desc`);
  expect(body).toMatchObject({ totalCount: 3, page_size: 2, credentials: [{ name: 'zeta' }, { name: 'zebra' }] });
  expect((await owner.get(`${path}?order=sealed`)).status).toBe(400);
  expect((await owner.get(`${path}?page=-1`)).status).toBe(400);
});

test('PUT renames without touching the secret, and replaces the secret', async () => {
  const id = await make('before');
  const sealed = async () => (await server.userData.read((data) => data.credentials.find({ id })))?.sealed;
  const first = await sealed();
  expect((await owner.put(path, { id, name: 'after' })).body).toMatchObject({ id, name: 'after' });
  expect(await sealed()).toBe(first);
  expect((await owner.put(path, { id, secret: { secret: 'other' } })).status).toBe(200);
  expect(await sealed()).not.toBe(first);
  expect((await owner.put(path, { name: 'x' })).status).toBe(400);
  expect((await owner.put(path, { id: nowhere, name: 'x' })).status).toBe(404);
});

test('DELETE removes it and leaves its connections without one', async () => {
  const id = await make();
  const { body } = await owner.post('/api/integrations/connections', { name: 'c', kind: 'grafana', credentialId: id });
  expect((await owner.delete(`${path}?credentialId=${id}`)).status).toBe(204);
  expect((await owner.get(`${path}/${id}`)).status).toBe(404);
  expect((await owner.get(`/api/integrations/connections/${body.id}`)).body.credentialId).toBeNull();
  expect((await owner.delete(`${path}?credentialId=${id}`)).status).toBe(404);
  expect((await owner.delete(path)).status).toBe(400);
});

test('a viewer changes nothing; for another organization it does not exist', async () => {
  const id = await make();
  for (const [by, code] of [
    [viewer, 403],
    [stranger, 404],
  ] as const) {
    const answers = [await by.put(path, { id, name: 'x' }), await by.delete(`${path}?credentialId=${id}`)];
    expect(answers.map(({ status }) => status)).toEqual([code, code]);
  }
  expect((await stranger.get(`${path}/${id}`)).status).toBe(404);
  expect((await owner.get(`${path}/${id}`)).body.name).toBe('k');
});

test.each([
  ['no secret', { secret: undefined }],
  ['a secret that is a text', { secret: canary }],
  ['no type', { type: '' }],
])('POST refuses %s', async (_what, fields) => {
  const { status, body } = await owner.post(path, { name: 'x', type: 'grafana', secret: { a: canary }, ...fields });
  expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
  expect(JSON.stringify(body)).not.toContain(canary);
});

test('a row that was moved to another organization does not open there', async () => {
  const id = await make('moved');
  const event = { kind: 'grafana', url: 'http://127.0.0.1:1', status: 'connect', credentialId: id };
  await server.userData.change((data) => data.credentials.update(id, { organizationId: stranger.organizationId }));
  const { status, body } = await stranger.post('/api/integrations/connections/register', event);
  expect([status, body.code]).toEqual([500, 'meshery-connection-1703']);
});

test('no canary is found in any file of the data folder, in the log, or in what is answered', async () => {
  const id = await make('everywhere');
  const grafana = { kind: 'grafana', name: 'g', url: 'http://127.0.0.1:1' };
  const secret = { credentialSecret: { username: canary, password: canary } };
  const answers = [
    await owner.post('/api/integrations/connections', { ...grafana, ...secret }),
    await owner.post('/api/integrations/connections/register', { ...grafana, ...secret, status: 'connect' }),
    await owner.put(path, { id, secret: { token: canary }, type: '' }),
    await owner.get(`${path}?search=${canary}`),
    await owner.get('/api/integrations/connections?pagesize=all'),
  ];
  expect(JSON.stringify(answers)).not.toContain(canary);
  expect(server.lines.join('')).not.toContain(canary);
  const files = await readdir(server.folder, { recursive: true });
  let read = 0;
  for (const name of files) {
    const file = join(server.folder, name);
    if (!(await stat(file)).isFile()) continue;
    const bytes = await readFile(file);
    for (const form of [canary, Buffer.from(canary).toString('base64').slice(0, 20)]) {
      expect([name, bytes.includes(form)]).toEqual([name, false]);
    }
    read += 1;
  }
  expect(files).toEqual(expect.arrayContaining(['meshery.db', 'meshery.db-wal', 'keys/master.json']));
  expect(read).toBeGreaterThan(4);
});
