import { mkdir, readdir, symlink, link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeAdmin, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Databases, log files and the first question of clients, with a real API server to discover. */

let plane: ControlPlane;
let admin: KubeAdmin;
let server: TestServer;
let owner: Caller;
let viewer: Caller;
beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  const env = { MESHERY_LATEST_RELEASE: '999.1.0' };
  server = await startTestServer({ argv: ['--kubeconfig', plane.kubeconfigPath], env });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  await admin.create('/api/v1/namespaces/default/configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kept' },
  });
  await waitUntil({ what: 'the cluster discovered', timeoutMs: 60_000 }, async () => {
    const { clusters } = (await owner.get('/api/system/clusters')).body;
    return clusters[0]?.state === 'in-sync' && (await objects()) > 0;
  });
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
});

const everything = encodeURIComponent('["all"]');

async function objects(kind = 'ConfigMap', search = 'kept'): Promise<number> {
  const path = `/api/system/meshsync/resources?clusterIds=${everything}&kind=${kind}&search=${search}`;
  return (await owner.get(path)).body.totalCount;
}

test('GET /api/system/version says what is newer as far as somebody told', async () => {
  const { status, body } = await owner.get('/api/system/version');
  expect([status, body.latest, body.outdated]).toEqual([200, 'v999.1.0', true]);
});

test('GET /api/system/sync names the clusters and the adapters', async () => {
  const { status, body } = await owner.get('/api/system/sync');
  expect([status, body.meshAdapters]).toEqual([200, []]);
  const { clusters } = (await owner.get('/api/system/clusters')).body;
  expect(body.k8sConfig).toMatchObject([
    {
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: clusters[0].name,
      clusterConfigured: true,
      cluster_configured: true,
      server: plane.url,
      cluster_id: clusters[0].id,
      created_at: expect.stringMatching(/^20/),
      updatedAt: expect.stringMatching(/^20/),
    },
  ]);
});

describe('GET /api/system/database', () => {
  test('counts the tables of both stores', async () => {
    const { status, body } = await viewer.get('/api/system/database?pagesize=all');
    expect(status).toBe(200);
    const counts = new Map<string, number>(
      body.tables.map((table: { name: string; count: number }) => [table.name, table.count]),
    );
    expect(counts.get('meshery.users')).toBe(2);
    expect(counts.get('inventory.objects')).toBeGreaterThan(10);
    expect([body.page, body.totalTables, body.total_tables]).toEqual([0, counts.size, counts.size]);
    expect(body.recordCount).toBe([...counts.values()].reduce((a, b) => a + b));
  });

  test('pages, searches and sorts', async () => {
    const names = async (query: string): Promise<string[]> =>
      (await owner.get(`/api/system/database?${query}`)).body.tables.map(({ name }: { name: string }) => name);
    const all = await names('pagesize=all');
    expect(all).toEqual(all.toSorted());
    expect(await names('pagesize=2&page=1')).toEqual(all.slice(2, 4));
    expect(await names('pageSize=all&sort=name&order=desc')).toEqual(all.toReversed());
    expect(await names('search=USERS')).toEqual(['meshery.users']);
    expect((await names('order=count%20desc&pagesize=1')).length).toBe(1);
    const { body } = await owner.get('/api/system/database?search=users');
    expect([body.totalTables, body.recordCount]).toEqual([1, 2]);
  });

  test.each(['page=-1', 'pagesize=1e9', 'order=name;ATTACH', 'sort=rowid&order=asc', 'search=a%00b', 'page=1&page=2'])(
    'refuses ?%s',
    async (query) => {
      const { status, body } = await owner.get(`/api/system/database?${query}`);
      expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    },
  );
});

describe('DELETE /api/system/database/reset', () => {
  test('is for administrators', async () => {
    const editor = await Caller.signUp(server, 'edda', 'editor');
    for (const caller of [viewer, editor]) {
      const { status, body } = await caller.delete('/api/system/database/reset');
      expect([status, body.code]).toEqual([403, 'meshery-auth-1202']);
    }
    expect(await objects()).toBe(1);
  });

  test('empties the cache only: user data are as before, the old cache is kept, discovery refills it', async () => {
    const { organizationId } = owner;
    for (const kind of ['environments', 'workspaces'])
      expect((await owner.post(`/api/${kind}`, { name: 'mine', organizationId })).status).toBe(201);
    const before = await userTables();
    const known = (await owner.get('/api/system/clusters')).body.clusters[0].id;
    const { status, body } = await owner.delete('/api/system/database/reset');
    expect([status, body.message]).toEqual([200, expect.stringContaining('inventory.db.archived')]);
    expect(await readdir(server.folder)).toContain('inventory.db.archived');
    await waitUntil({ what: 'the object back', timeoutMs: 60_000 }, async () => (await objects()) === 1);
    expect((await owner.get('/api/system/clusters')).body.clusters).toMatchObject([{ id: known }]);
    expect(await userTables()).toEqual(before);
    expect((await owner.get('/api/workspaces?search=mine')).body.totalCount).toBe(1);
    const log = server.lines.find((line) => line.includes('cache of discovered objects emptied'));
    expect(JSON.parse(log ?? '{}')).toMatchObject({ userId: owner.id });
  });

  test('two at the same time are one', async () => {
    const answers = await Promise.all([1, 2].map(() => owner.delete('/api/system/database/reset')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await waitUntil({ what: 'the object back', timeoutMs: 60_000 }, async () => (await objects()) === 1);
  });

  async function userTables(): Promise<unknown> {
    return (await owner.get('/api/system/database?search=meshery.&pagesize=all')).body.tables;
  }
});

describe('the log as files', () => {
  const secret = 'outside of the log folder';
  beforeAll(async () => {
    const logs = join(server.folder, 'logs');
    await mkdir(join(logs, 'folder'), { recursive: true });
    await writeFile(join(server.folder, 'secret.txt'), secret);
    await writeFile(join(logs, 'meshery.log'), 'one\ntwo\n');
    await writeFile(join(logs, 'empty.log'), '');
    await writeFile(join(logs, '.hidden'), secret);
    await symlink(join(server.folder, 'secret.txt'), join(logs, 'link.log'));
    await link(join(server.folder, 'secret.txt'), join(logs, 'hard.log'));
  });

  const ask = (route: string, file: string): Promise<Response> => server.get(`/api/system/${route}?file=${file}`);

  test.each([
    ['fileDownload', 'attachment'],
    ['fileView', 'inline'],
  ])('GET /api/system/%s answers a file of the list as text, %s', async (route, disposition) => {
    const { body } = await owner.get('/api/system/logs');
    expect(body.files.map(({ id, size }: { id: string; size: number }) => [id, size])).toContainEqual([
      'meshery.log',
      8,
    ]);
    const response = await ask(route, 'meshery.log');
    expect(await response.text()).toBe('one\ntwo\n');
    const headers = ['content-type', 'content-disposition', 'x-content-type-options'];
    expect(headers.map((name) => response.headers.get(name))).toEqual([
      'text/plain; charset=utf-8',
      `${disposition}; filename="meshery.log"`,
      'nosniff',
    ]);
    expect(await (await ask(route, 'empty.log')).text()).toBe('');
  });

  test.each([
    '/etc/passwd',
    '%2Fetc%2Fpasswd',
    '..%2fsecret.txt',
    '..%2F..%2Fetc%2Fpasswd',
    '%252e%252e%252fsecret.txt',
    '..%5Csecret.txt',
    '%5C%5Chost%5Cshare',
    'meshery.log%00',
    'meshery.log%0d%0aX-A:b',
    'C:%5Cboot.ini',
    'file:///etc/passwd',
    'folder/',
    '.',
    '..',
    '.hidden',
    '',
    '%E2%80%AE.log',
    'a'.repeat(300),
    'meshery.log&file=meshery.log',
  ])('no path and no trick becomes a file: %s', async (file) => {
    for (const route of ['fileDownload', 'fileView']) {
      const response = await ask(route, file);
      const text = await response.text();
      expect([response.status, JSON.parse(text).code]).toEqual([400, 'meshery-core-1001']);
      expect(text).not.toContain(secret);
    }
  });

  test.each(['link.log', 'hard.log', 'folder', 'other.log', 'secret.txt', 'inventory.db'])(
    '%s is no file of the log',
    async (file) => {
      const response = await ask('fileView', file);
      expect([response.status, (await response.text()).includes(secret)]).toEqual([404, false]);
    },
  );

  test('nobody but an administrator reads it', async () => {
    const routes = ['logs', 'fileView?file=meshery.log', 'fileDownload?file=meshery.log'];
    for (const route of routes) {
      expect((await viewer.get(`/api/system/${route}`)).status).toBe(403);
      expect((await fetch(`${server.url}/api/system/${route}`)).status).toBe(401);
    }
  });
});
