import { Providers } from '../src/provider/providers.ts';
import { designDraft } from '@meshery/object-model';
import type { DesignRecord } from '@meshery/object-model';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Designs, views and teams of workspaces, for their owner, colleagues with lesser roles, and strangers. */

let server: TestServer;
let owner: Caller;
let editor: Caller;
let viewer: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  editor = await Caller.signUp(server, 'edda', 'editor');
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(() => server.stop());

type Kind = 'designs' | 'views' | 'teams';
const kinds: readonly Kind[] = ['designs', 'views', 'teams'];
const restPaths = { views: '/api/content/views', teams: '/api/identity/teams' } as const;

/** Designs have no REST of their own yet: they are made with the provider, as its REST will make them. */
async function design(name: string, by: Caller, visibility: DesignRecord['visibility']): Promise<string> {
  const [provider] = [server.service.app.get<Providers>(Providers).of({ user: { provider: 'Local' } } as never)];
  const ctx = { user: { userId: by.id }, requestId: 'test', logger: { info: () => undefined } } as never;
  const { organizationId } = by;
  const draft = designDraft.parse({ name, organizationId, visibility, patternFile: 'name: x\n' });
  return (await provider.designs.create(ctx, draft)).id;
}

async function make(
  kind: Kind,
  name: string,
  by = owner,
  visibility: 'public' | 'private' = 'public',
): Promise<string> {
  if (kind === 'designs') return design(name, by, visibility);
  const body = { name, organizationId: by.organizationId, ...(kind === 'views' ? { visibility } : {}) };
  const made = await by.post(restPaths[kind], body);
  expect([made.status, made.body.name]).toEqual([201, name]);
  return made.body.id;
}

async function workspace(name: string, by = owner): Promise<string> {
  return (await by.post('/api/workspaces', { name, organizationId: by.organizationId })).body.id;
}

describe.each(kinds)('/api/workspaces/{id}/%s', (kind) => {
  const names = async (path: string, by = owner): Promise<string[]> =>
    (await by.get(path)).body[kind].map(({ name }: { name: string }) => name);

  test('POST assigns, GET lists both sides, DELETE unassigns', async () => {
    const path = `/api/workspaces/${await workspace('team')}/${kind}`;
    const id = await make(kind, 'linked');
    const free = `${path}?filter=${encodeURIComponent('{"assigned":false}')}&search=linked`;
    expect(await names(free)).toEqual(['linked']);
    for (let times = 0; times < 2; times += 1) {
      const { status, body } = await owner.post(`${path}/${id}`);
      expect([status, body.totalCount, body.total_count, body[kind][0].id]).toEqual([200, 1, 1, id]);
    }
    expect(await names(`${path}?page=0&pagesize=5&order=name%20desc`)).toEqual(['linked']);
    expect([await names(free), await names(path, viewer)]).toEqual([[], ['linked']]);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(204);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(404);
    expect(await names(path)).toEqual([]);
  });

  test('a viewer changes nothing, and for another organization there is nothing', async () => {
    const path = `/api/workspaces/${await workspace('mine')}/${kind}`;
    const id = await make(kind, 'kept');
    const foreign = await make(kind, 'foreign', stranger);
    await owner.post(`${path}/${id}`);
    expect((await viewer.post(`${path}/${id}`)).status).toBe(403);
    expect((await viewer.delete(`${path}/${id}`)).status).toBe(403);
    const answers = [
      await stranger.get(path),
      await stranger.post(`${path}/${foreign}`),
      await stranger.delete(`${path}/${id}`),
      await owner.post(`${path}/${foreign}`),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [404, 'meshery-core-1002']),
    );
    expect(await names(path)).toEqual(['kept']);
  });

  test('what names no record or no column is refused', async () => {
    const path = `/api/workspaces/${await workspace('odd')}/${kind}`;
    for (const query of ['page=-1', 'pagesize=1e9', 'order=name;ATTACH', 'filter={', 'filter=[]', 'search=a%00b'])
      expect((await owner.get(`${path}?${query}`)).body.code).toBe('meshery-core-1001');
    for (const wrong of [`${path}/x`, `/api/workspaces/x/${kind}/${owner.id}`])
      expect((await owner.post(wrong)).body.code).toBe('meshery-core-1001');
    expect((await owner.post(`${path}/00000000-0000-4000-8000-0000000000ff`)).status).toBe(404);
  });

  test('a link goes with either end', async () => {
    const [first, second] = [await workspace('first'), await workspace('second')];
    const id = await make(kind, 'passing');
    for (const one of [first, second]) await owner.post(`/api/workspaces/${one}/${kind}/${id}`);
    await owner.delete(`/api/workspaces/${first}`);
    expect(await names(`/api/workspaces/${second}/${kind}`)).toEqual(['passing']);
    await server.userData.change((data) => data[kind].remove({ id }));
    expect(await names(`/api/workspaces/${second}/${kind}`)).toEqual([]);
  });
});

test.each(['designs', 'views'] as const)('private %s are listed and assigned by their owner only', async (kind) => {
  const path = `/api/workspaces/${await workspace('shared')}/${kind}`;
  const id = await make(kind, 'diary', editor, 'private');
  expect((await owner.post(`${path}/${id}`)).status).toBe(404);
  expect((await editor.post(`${path}/${id}`)).body.totalCount).toBe(1);
  expect((await owner.get(path)).body.totalCount).toBe(0);
  if (kind === 'designs') return;
  for (const answer of [
    await owner.get(`${restPaths.views}/${id}`),
    await owner.put(`${restPaths.views}/${id}`, { visibility: 'public' }),
    await owner.delete(`${restPaths.views}/${id}`),
  ])
    expect(answer.status).toBe(404);
  expect((await owner.get(`${restPaths.views}?search=diary`)).body.totalCount).toBe(0);
  expect((await editor.get(`${restPaths.views}?search=diary`)).body.totalCount).toBe(1);
});

describe('/api/identity/teams', () => {
  test('an administrator makes, changes and removes teams; others see them', async () => {
    const id = await make('teams', 'platform');
    expect((await viewer.get(`${restPaths.teams}/${id}`)).body).toMatchObject({ name: 'platform', owner: owner.id });
    for (const answer of [
      await editor.post(restPaths.teams, { name: 'x', organizationId: owner.organizationId }),
      await editor.put(`${restPaths.teams}/${id}`, { name: 'x' }),
      await editor.delete(`${restPaths.teams}/${id}`),
      await editor.post(`${restPaths.teams}/${id}/users/${editor.id}`),
    ])
      expect(answer.status).toBe(403);
    expect((await owner.put(`${restPaths.teams}/${id}`, { name: 'core' })).body.name).toBe('core');
    expect((await owner.delete(`${restPaths.teams}/${id}`)).status).toBe(204);
    expect((await viewer.get(`${restPaths.teams}/${id}`)).status).toBe(404);
  });

  test('people of the organization join and leave', async () => {
    const id = await make('teams', 'people');
    const path = `${restPaths.teams}/${id}/users`;
    expect((await owner.post(`${path}/${editor.id}`)).status).toBe(204);
    expect((await owner.post(`${path}/${stranger.id}`)).status).toBe(404);
    const { body } = await viewer.get(path);
    expect(body.users).toMatchObject([{ id: editor.id, name: 'edda' }]);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await owner.delete(`${path}/${editor.id}`)).status).toBe(204);
    expect((await viewer.get(path)).body.totalCount).toBe(0);
  });

  test('who leaves the server leaves its teams', async () => {
    const passing = await Caller.signUp(server, 'pia', 'viewer');
    const id = await make('teams', 'brief');
    await owner.post(`${restPaths.teams}/${id}/users/${passing.id}`);
    await server.userData.change((data) => data.users.remove({ id: passing.id }));
    expect((await owner.get(`${restPaths.teams}/${id}/users`)).body.totalCount).toBe(0);
  });
});
