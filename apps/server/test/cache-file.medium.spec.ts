import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeAdmin, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The inventory is a cache: without its file a server starts, has all that users made, and discovers the rest anew. */

let plane: ControlPlane;
let admin: KubeAdmin;
let folder: string;
let server: TestServer;
beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  folder = await mkdtemp(join(tmpdir(), 'meshery-cache-'));
  server = await start();
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = (): Promise<TestServer> => startTestServer({ folder, argv: ['--kubeconfig', plane.kubeconfigPath] });

/** Everything that the owner made, as it is read. */
async function read(): Promise<unknown[]> {
  const owner = Caller.owner(server);
  const kinds = [
    ...['environments', 'workspaces', 'integrations/connections', 'integrations/credentials', 'content/views'],
    ...['user/prefs', 'user/prefs/perf', 'identity/orgs', 'identity/users', 'identity/teams', 'identity/tokens'],
    ...['auth/keychains', `identity/orgs/${owner.organizationId}/roles`],
  ];
  const answers: unknown[] = [];
  for (const kind of kinds) {
    const { status, body } = await owner.get(`/api/${kind}${kind === 'user/prefs' ? '' : '?pagesize=all'}`);
    answers.push([kind, status, body]);
  }
  return answers;
}

async function found(): Promise<number> {
  const path = `/api/system/meshsync/resources?clusterIds=${encodeURIComponent('["all"]')}&kind=ConfigMap&search=kept`;
  const { body }: { body: { readonly totalCount: number } } = await Caller.owner(server).get(path);
  return body.totalCount;
}

test('all that users made is there without the cache, and discovery fills it again', async () => {
  await admin.create('/api/v1/namespaces/default/configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kept' },
  });
  await waitUntil({ what: 'the object', timeoutMs: 60_000 }, async () => (await found()) === 1);
  const owner = Caller.owner(server);
  const { organizationId } = owner;
  const secret = { name: 'k', type: 'token', secret: { secret: 'x' }, organizationId };
  const made: readonly (readonly [string, object])[] = [
    ['environments', { name: 'e', organizationId }],
    ['workspaces', { name: 'w', organizationId }],
    ['integrations/credentials', secret],
    ['content/views', { name: 'v', organizationId, filters: {} }],
    ['user/prefs', { themeOfMine: 'dark' }],
    ['user/prefs/perf', { name: 'p' }],
    ['identity/orgs', { name: 'o' }],
    ['identity/teams', { name: 't', organizationId }],
    ['identity/tokens', { name: 'ci' }],
    ['auth/keychains', { name: 'k' }],
    [`identity/orgs/${organizationId}/roles`, { roleName: 'r' }],
  ];
  for (const [kind, draft] of made) {
    const { status } = await owner.post(`/api/${kind}`, draft);
    expect([kind, status < 300]).toEqual([kind, true]);
  }
  const user = await owner.post('/api/identity/users', { name: 'rita', role: 'r' });
  expect(user.status).toBe(201);
  const before = await read();
  await server.stop();
  const cache = (await readdir(folder)).filter((name) => name.startsWith('inventory.db'));
  expect(cache).toContain('inventory.db');
  await Promise.all(cache.map((name) => rm(join(folder, name))));
  server = await start();
  expect(await read()).toEqual(before);
  await waitUntil({ what: 'the object back', timeoutMs: 60_000 }, async () => (await found()) === 1);
}, 240_000);
