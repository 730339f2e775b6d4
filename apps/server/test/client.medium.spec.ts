import { answerOf, createMesheryClient, keysetPages, numberedPages } from '@meshery/client';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The client that is made from the OpenAPI document, against a server. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const feed = new Feed(server.store, 'c1');
  await feed.open();
  await feed.upsert({ name: 'a' }, { name: 'b' }, { name: 'c', kind: 'ConfigMap' });
}, 60_000);
afterAll(async () => {
  await server.stop();
});

const clientOf = (identity: { readonly token?: string; readonly cookie?: string }) =>
  createMesheryClient({ baseUrl: server.url, ...identity });

test('reads clusters and every page of discovered objects', async () => {
  const client = clientOf({ token: server.token });
  const { clusters } = await answerOf(client.GET('/api/system/clusters'));
  expect(clusters).toMatchObject([{ id: 'c1', objectCount: 3 }]);
  const names: string[] = [];
  const pages = keysetPages(async (after: string | undefined) => {
    const query = { clusterIds: '["all"]', kind: ['Pod', 'ConfigMap'], pagesize: 2, ...(after ? { after } : {}) };
    const page = await answerOf(client.GET('/api/system/meshsync/resources', { params: { query } }));
    if (!('resources' in page)) throw new Error('no page');
    return page;
  });
  for await (const { resources } of pages) names.push(...resources.map(({ metadata }) => metadata.name));
  expect(names.sort()).toEqual(['a', 'b', 'c']);
});

test('makes, lists and removes connections', async () => {
  const client = clientOf({ cookie: `token=${server.token}; meshery-provider=Local` });
  for (const name of ['x', 'y', 'z']) {
    const body = { name, kind: 'kubernetes', status: 'discovered' } as const;
    await answerOf(client.POST('/api/integrations/connections', { body }));
  }
  const found = [];
  const pages = numberedPages((page) =>
    answerOf(client.GET('/api/integrations/connections', { params: { query: { page, pagesize: 2, order: 'name' } } })),
  );
  for await (const { connections } of pages) found.push(...connections);
  expect(found.map(({ name, status }) => [name, status])).toEqual(['x', 'y', 'z'].map((name) => [name, 'discovered']));
  const connectionId = found[0]?.id ?? '';
  await client.DELETE('/api/integrations/connections/{connectionId}', { params: { path: { connectionId } } });
  const one = client.GET('/api/integrations/connections/{connectionId}', { params: { path: { connectionId } } });
  await expect(one).rejects.toMatchObject({ fields: { status: 404, code: 'meshery-core-1002' } });
});

test('rejects with the code, the remedy and the correlation id of the server', async () => {
  const viewer = await Caller.signUp(server, 'vera', 'viewer');
  const client = clientOf({ token: viewer.headers['authorization']?.slice('Bearer '.length) ?? '' });
  const made = client.POST('/api/integrations/connections', { body: { name: 'x', kind: 'kubernetes' } });
  await expect(made).rejects.toMatchObject({
    fields: {
      ...{ status: 403, code: 'meshery-auth-1202' },
      remedy: [expect.stringContaining('editor')] as string[],
      requestId: expect.stringMatching(/./) as string,
    },
  });
  await expect(clientOf({}).GET('/api/user')).rejects.toMatchObject({ signedOut: true });
});
