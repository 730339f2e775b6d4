import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterList, ResourcePage } from '@meshery/contracts';
import { KubeAdmin, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Kubeconfigs over REST against a real API server, and the life of the clusters that they lead to. */

let plane: ControlPlane;
let admin: KubeAdmin;
let folder: string;
let server: TestServer;
let owner: Caller;
let viewer: Caller;
beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  folder = await mkdtemp(join(tmpdir(), 'meshery-contexts-'));
  await restart();
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The same data folder under a server that knows no cluster of its own. */
async function restart(options: { readonly argv?: readonly string[] } = {}): Promise<void> {
  const none = ['--kubeconfig', join(folder, 'none.yaml')];
  server = await startTestServer({ folder, argv: options.argv ?? none });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, `viewer-${String(Date.now())}`, 'viewer');
}

const contexts = '/api/system/kubernetes/contexts';
const connections = '/api/integrations/connections';

interface Context {
  readonly server?: string;
  readonly user?: object;
  readonly cluster?: object;
}

function kubeconfig(named: Readonly<Record<string, Context>>): string {
  const names = Object.keys(named);
  const ca = Buffer.from(plane.caPem).toString('base64');
  return JSON.stringify({
    clusters: Object.entries(named).map(([name, { server: url = plane.url, cluster }]) => ({
      name,
      cluster: { server: url, ...(url === plane.url ? { 'certificate-authority-data': ca } : {}), ...cluster },
    })),
    users: Object.entries(named).map(([name, { user }]) => ({ name, user: user ?? { token: plane.adminToken } })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    'current-context': names[0],
  });
}

function form(text: string | undefined, fields: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (text !== undefined) data.set('k8sfile', new Blob([text]), 'config.yaml');
  return data;
}

const upload = (named: Readonly<Record<string, Context>>, fields = {}) =>
  owner.upload('/api/system/kubernetes', form(kubeconfig(named), fields));

async function clusters(): Promise<ClusterList['clusters']> {
  return ((await owner.get('/api/system/clusters')).body as ClusterList).clusters.filter(({ id }) => id !== '');
}

function clusterIn(state: string): Promise<unknown> {
  const explain = async (): Promise<string> =>
    JSON.stringify((await clusters()).map(({ name, state: now, reason }) => [name, now, reason]));
  return waitUntil({ what: `a cluster that is ${state}`, timeoutMs: 60_000, explain }, async () =>
    (await clusters()).some((cluster) => cluster.state === state),
  );
}

async function namespaces(): Promise<readonly string[]> {
  const all = encodeURIComponent('["all"]');
  const { body } = await owner.get(`/api/system/meshsync/resources?clusterIds=${all}&kind=Namespace&pagesize=100`);
  return (body as ResourcePage).resources.map((row) => row.metadata.name).sort();
}

describe('POST /api/system/kubernetes/contexts', () => {
  test('answers an array with every context, whether it answers, and keeps nothing', async () => {
    const text = kubeconfig({ alive: {}, dead: { server: 'https://127.0.0.1:1' } });
    const { status, body } = await owner.upload(contexts, form(text));
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { name: 'alive', reachable: true, server: plane.url, version: expect.stringMatching(/^v1\./), connectionId: '' },
      { name: 'dead', reachable: false, error: { code: 'meshery-kube-1303' } },
    ]);
    expect(JSON.stringify(body)).not.toContain(plane.adminToken);
    expect(new Set(body.map(({ id }: { id: string }) => id)).size).toBe(2);
    expect((await owner.get(contexts)).body).toMatchObject({ totalCount: 0, contexts: [] });
  });

  test('puts each context that runs, reads, or trusts anything aside, and takes the others', async () => {
    const { body } = await upload({
      exec: { user: { exec: { apiVersion: 'v1', command: '/bin/touch' } } },
      file: { user: { tokenFile: '/etc/passwd' } },
      provider: { user: { 'auth-provider': { name: 'gcp' } } },
      blind: { cluster: { 'insecure-skip-tls-verify': true } },
      proxy: { cluster: { 'proxy-url': 'http://127.0.0.1:1' } },
      metadata: { server: 'https://169.254.169.254' },
      late: { server: 'https://127.0.0.1:1' },
    });
    expect(
      body.erroredContexts.map(({ name, error }: { name: string; error: { code: string } }) => [name, error.code]),
    ).toEqual([
      ['exec', 'meshery-kube-1305'],
      ['file', 'meshery-kube-1305'],
      ['provider', 'meshery-kube-1305'],
      ['blind', 'meshery-kube-1305'],
      ['proxy', 'meshery-kube-1305'],
      ['metadata', 'meshery-connection-1704'],
    ]);
    await server.service.app.get(RefusalLog, { strict: false }).settled();
    const { lines } = (await owner.get('/api/system/audit?pagesize=1000')).body;
    const refused = lines.filter(({ action }: { action: string }) => action === 'kubernetes context');
    expect(refused.map(({ decision, reason }: Record<string, string>) => [decision, reason])).toEqual([
      ...Array.from({ length: 5 }, () => ['refused', 'meshery-kube-1305']),
      ['refused', 'meshery-connection-1704'],
    ]);
    expect(body.registeredContexts).toMatchObject([{ name: 'late', reachable: false }]);
    const { body: late } = await owner.get(`${connections}/${body.registeredContexts[0].connectionId}`);
    expect(late.status).toBe('discovered');
    expect((await owner.delete(`${contexts}/${late.id}`)).status).toBe(200);
  });

  test('takes the one context that contextName names, as published command lines ask', async () => {
    const away = { server: 'https://127.0.0.1:1' };
    const { body } = await upload({ first: away, second: away }, { contextName: 'second' });
    const found = Object.values(body as Record<string, { name: string; connectionId: string }[]>).flat();
    expect(found.map(({ name }) => name)).toEqual(['second']);
    expect((await owner.get(contexts)).body).toMatchObject({ totalCount: 1, contexts: [{ name: 'second' }] });
    await owner.delete(`${contexts}/${String(found[0]?.connectionId)}`);
  });

  test.each([
    ['no file', form(undefined, { contexts: '{}' })],
    ['what is no kubeconfig', form('[1, 2]')],
    ['bad JSON in contexts', form('{}', { contexts: '{' })],
    ['a mode that there is not', form('{}', { contexts: '{"a":{"meshsyncDeploymentMode":"x"}}' })],
    ['a selection that is no list', form('{}', { selectedContexts: '{"a":1}' })],
    ['an alias bomb', form(`a: &a [x,x]\nb: &b [*a,*a,*a]\n${'c: [*b,*b,*b,*b,*b,*b,*b,*b]\n'.repeat(30)}`)],
  ])('refuses %s', async (_what, data) => {
    for (const path of [contexts, '/api/system/kubernetes']) {
      const { status, body } = await owner.upload(path, data);
      expect([status, body.code]).toEqual([400, expect.stringMatching(/^meshery-(core-1001|kube-1301)$/)]);
    }
    expect((await owner.post(contexts, {})).status).toBe(400);
  });

  test.each([
    ['without a boundary', 'multipart/form-data', ''],
    ['that ends too early', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="k8sfile"'],
  ])('a form %s is refused', async (_, type, body) => {
    const headers = { ...owner.headers, 'content-type': type };
    for (const path of ['/api/system/kubernetes', contexts]) {
      const response = await fetch(server.url + path, { method: 'POST', headers, body });
      expect([response.status, await response.json()]).toEqual([
        400,
        expect.objectContaining({ code: 'meshery-core-1001' }),
      ]);
    }
  });

  test('refuses ten thousand contexts and a file above the limit at once', async () => {
    const entries = Array.from(
      { length: 10_000 },
      (_, index) => `{name: c${String(index)}, context: {cluster: c, user: u}}`,
    );
    const many = `clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\nusers: []\ncontexts: [${entries.join(',')}]`;
    const { status, body } = await owner.upload('/api/system/kubernetes', form(many));
    expect([status, body.error]).toEqual([400, expect.stringContaining('at most 500')]);
    expect((await owner.upload(contexts, form('x'.repeat(1_200_000)))).status).toBe(413);
    expect((await owner.get(contexts)).body.totalCount).toBe(0);
  });

  test('a viewer may not upload', async () => {
    expect((await viewer.upload(contexts, form(kubeconfig({ a: {} })))).status).toBe(403);
    expect((await viewer.upload('/api/system/kubernetes', form(kubeconfig({ a: {} })))).status).toBe(403);
  });
});

/** Watches that are open at the API server, as it counts them itself: its own, and those of whoever discovers it. */
async function watches(): Promise<number> {
  const { body } = await admin.send({ path: '/metrics' });
  const open = body.toString('utf8').matchAll(/^apiserver_longrunning_requests\{.*verb="WATCH".*\} (\d+)$/gm);
  return [...open].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('the life of a cluster', () => {
  let id: string;
  let withoutUs: number;

  test('POST /api/system/kubernetes connects what answers, and its objects are read', async () => {
    withoutUs = await watches();
    const { status, body } = await upload({ prod: {} });
    expect(status).toBe(200);
    expect([body.registeredContexts, body.ignoredContexts, body.erroredContexts]).toEqual([[], [], []]);
    expect(body.connectedContexts).toMatchObject([{ name: 'prod', reachable: true }]);
    id = body.connectedContexts[0].connectionId;
    await clusterIn('in-sync');
    expect(await namespaces()).toContain('kube-system');
    const { history } = (await owner.get(`${connections}/${id}/history`)).body;
    const way = history.map(({ to }: { to: string }) => to).reverse();
    expect(way).toEqual(['discovered', 'registered', 'connected']);
  });

  test('POST of the same context again makes no second one', async () => {
    const again = await upload({ prod: {} });
    expect(again.body.connectedContexts).toMatchObject([{ connectionId: id }]);
    expect((await owner.get(contexts)).body).toMatchObject({ totalCount: 1, total_count: 1, page: 0, pageSize: 10 });
    expect((await owner.get('/api/integrations/credentials')).body.totalCount).toBe(1);
  });

  test('GET contexts and contexts/{id} never show what it signs in with', async () => {
    const { body: list } = await viewer.get(contexts);
    const { body: one } = await viewer.get(`${contexts}/${id}`);
    expect(list.contexts).toEqual([one]);
    expect(one).toMatchObject({ name: 'prod', connectionId: id, server: plane.url, reachable: true, auth: {} });
    expect(one.kubernetesServerId).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(one)).not.toContain(plane.adminToken);
    expect((await owner.get(`${contexts}/x`)).status).toBe(400);
    expect((await owner.get(`${contexts}/00000000-0000-4000-8000-0000000000ff`)).status).toBe(404);
  });

  test('GET ping answers the version of the API server', async () => {
    const ping = '/api/system/kubernetes/ping';
    for (const name of ['connectionId', 'connection_id']) {
      const { status, body } = await owner.get(`${ping}?${name}=${id}`);
      expect([status, body]).toEqual([200, { server_version: expect.stringMatching(/^v1\./) }]);
    }
    expect((await owner.get(ping)).status).toBe(400);
    expect((await owner.get(`${ping}?connectionId=00000000-0000-4000-8000-0000000000ff`)).status).toBe(404);
    const { body: made } = await owner.post(connections, { name: 'bare', kind: 'kubernetes', status: 'discovered' });
    expect(await owner.get(`${ping}?connectionId=${made.id}`)).toMatchObject({
      status: 500,
      body: { code: 'meshery-connection-1702' },
    });
    await owner.delete(`${connections}/${made.id}`);
  });

  test('disconnected, its streams end and its rows are as of a time; connected again, they converge', async () => {
    const before = await namespaces();
    const open = await watches();
    expect((await owner.put(`${connections}/${id}`, { status: 'disconnected' })).body.status).toBe('disconnected');
    await waitUntil({ what: 'the end of every watch', timeoutMs: 60_000 }, async () => (await watches()) <= withoutUs);
    expect(open).toBeGreaterThan(withoutUs + 20);
    await clusterIn('stale');
    const [stale] = await clusters();
    expect(Date.parse(stale?.lastSeen ?? '')).toBeGreaterThan(Date.now() - 60_000);
    const named = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    await admin.create('/api/v1/namespaces', named('while-away'));
    expect(await namespaces()).toEqual(before);
    expect((await owner.put(`${connections}/${id}`, { status: 'connected' })).body.status).toBe('connected');
    await clusterIn('in-sync');
    await waitUntil({ what: 'the new namespace', timeoutMs: 60_000 }, async () =>
      (await namespaces()).includes('while-away'),
    );
    expect(await namespaces()).toEqual([...before, 'while-away'].sort());
    expect(await clusters()).toHaveLength(1);
  });

  test('after a restart what was connected is connected again, and what was not is left alone', async () => {
    await server.stop();
    await restart();
    await clusterIn('in-sync');
    await owner.put(`${connections}/${id}`, { status: 'disconnected' });
    await server.stop();
    await restart();
    expect((await owner.get(`${connections}/${id}`)).body.status).toBe('disconnected');
    await clusterIn('stale');
    expect(await clusters()).toHaveLength(1);
  });

  test('a start does not wait for a cluster that is away, and finds it when it is back', async () => {
    await owner.put(`${connections}/${id}`, { status: 'connected' });
    await server.stop();
    await plane.stopApiServer();
    await restart();
    expect((await owner.get(`${connections}/${id}`)).body.status).toBe('connected');
    const { status, body } = await owner.get(`/api/system/kubernetes/ping?connectionId=${id}`);
    expect([status, body.code]).toEqual([500, 'meshery-connection-1702']);
    await plane.startApiServer();
    await clusterIn('in-sync');
  });

  test('ignored, a new upload leaves it ignored', async () => {
    await owner.put(`${connections}/${id}`, { status: 'ignored' });
    await clusterIn('stale');
    const { body } = await upload({ prod: {} });
    expect(body.ignoredContexts).toMatchObject([{ connectionId: id }]);
    expect((await owner.get(`${connections}/${id}`)).body.status).toBe('ignored');
  });

  test('while another connection leads to it, the rows of a cluster outlive one that is deleted', async () => {
    const { body } = await upload({ twin: {} });
    const [{ connectionId: twin }] = body.connectedContexts;
    await clusterIn('in-sync');
    expect((await owner.delete(`${connections}/${twin}`)).status).toBe(200);
    await clusterIn('stale');
    expect(await namespaces()).toContain('while-away');
  });

  test('DELETE contexts/{id} removes it, and the rows of its cluster with it', async () => {
    expect((await viewer.delete(`${contexts}/${id}`)).status).toBe(403);
    expect((await clusters()).map(({ state }) => state)).toEqual(['stale']);
    expect((await owner.delete(`${contexts}/${id}`)).status).toBe(200);
    expect([await clusters(), await namespaces()]).toEqual([[], []]);
    expect((await owner.get(`${contexts}/${id}`)).status).toBe(404);
    expect((await owner.delete(`${contexts}/${id}`)).status).toBe(404);
  });

  test('what was uploaded while it was away is registered once it answers, and no more', async () => {
    await plane.stopApiServer();
    const { body } = await upload({ later: {} });
    const [{ connectionId }] = body.registeredContexts;
    const status = async (): Promise<string> => (await owner.get(`${connections}/${connectionId}`)).body.status;
    expect(await status()).toBe('discovered');
    await plane.startApiServer();
    await waitUntil({ what: 'it registered', timeoutMs: 60_000 }, async () => (await status()) === 'registered');
    const { history } = (await owner.get(`${connections}/${connectionId}/history`)).body;
    expect(history).toMatchObject([
      { from: 'discovered', to: 'registered', by: 'system', isDone: true },
      { from: null, to: 'discovered' },
    ]);
    expect(await clusters()).toEqual([]);
    await owner.delete(`${connections}/${connectionId}`);
  });

  test('whose cluster it is cannot be said by a client: what it does not lead to stays', async () => {
    const { body } = await upload({ prod: {} });
    const { connectionId } = body.connectedContexts[0];
    await clusterIn('in-sync');
    const [{ id: kubernetesServerId } = { id: '' }] = await clusters();
    const forged = { name: 'x', kind: 'kubernetes', status: 'discovered', metadata: { kubernetesServerId } };
    const { body: made } = await owner.post(connections, forged);
    expect(made.metadata).toEqual({});
    expect((await owner.put(`${connections}/${made.id}`, { metadata: { kubernetesServerId } })).body.metadata).toEqual(
      {},
    );
    const { body: kept } = await owner.put(`${connections}/${connectionId}`, { metadata: { kubernetesServerId: 'y' } });
    expect(kept.metadata.kubernetesServerId).toBe(kubernetesServerId);
    await owner.delete(`${connections}/${made.id}`);
    expect(await clusters()).toHaveLength(1);
    expect((await owner.delete(`${connections}/${connectionId}`)).status).toBe(200);
    expect(await clusters()).toEqual([]);
  });

  test('the context of the start is a connection, and stays as a user left it', async () => {
    const argv = ['--kubeconfig', plane.kubeconfigPath];
    await server.stop();
    await restart({ argv });
    await clusterIn('in-sync');
    const { connections: made } = (await owner.get(`${connections}?kind=kubernetes&status=connected`)).body;
    expect(made).toMatchObject([{ status: 'connected', metadata: { meshsyncDeploymentMode: 'embedded' } }]);
    await owner.put(`${connections}/${made[0].id}`, { status: 'disconnected' });
    await server.stop();
    await restart({ argv });
    await waitUntil({ what: 'the start read', timeoutMs: 60_000 }, async () =>
      (await clusters()).some(({ state }) => state === 'stale'),
    );
    expect((await owner.get(`${connections}?kind=kubernetes`)).body.connections).toMatchObject([
      { id: made[0].id, status: 'disconnected' },
    ]);
  });
});
