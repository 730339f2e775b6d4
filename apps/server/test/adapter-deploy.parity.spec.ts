import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { KubeAdmin, ScriptedIssuer, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Adapters deployed into a cluster and removed again, against a real API server. */

let plane: ControlPlane;
let admin: KubeAdmin;
let server: TestServer;
let owner: Caller;
let viewer: Caller;
beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  server = await startTestServer();
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
});

const deployments = '/apis/apps/v1/namespaces/meshery/deployments';
const services = '/api/v1/namespaces/meshery/services';
const restPath = '/api/system/adapter/status';

/** As the toggle of the UI sends it. */
async function toggle(targetStatus: string, adapter = 'meshery-istio', by = owner, targetPort = ''): Promise<Answer> {
  const query = 'mutation ($input: AdapterStatusInput) { changeAdapterStatus(input: $input) }';
  const variables = { input: { targetStatus, targetPort, adapter } };
  return by.post('/api/system/graphql/query', { query, variables });
}

const codeOf = ({ body }: Answer): string => body.errors[0].extensions.mesheryCode as string;

/** The newest operation, once it has ended. */
const ended = (
  by = owner,
): Promise<{
  state: string;
  kind: string;
  error: unknown;
  targets: { name: string; state: string }[];
}> =>
  waitUntil({ what: 'the end of the operation', timeoutMs: 60_000 }, async () => {
    const [newest] = (await by.get('/api/system/operations?pagesize=1')).body.operations;
    return newest.state === 'running' ? undefined : newest;
  });

const exists = async (path: string): Promise<boolean> => (await admin.send({ path })).status === 200;

async function urls(): Promise<string[]> {
  const { body } = await owner.get('/api/integrations/connections?kind=adapter&status=connected');
  return (body.connections as { url: string }[]).map(({ url }) => url);
}

async function upload(by = owner, token = plane.adminToken): Promise<unknown> {
  const ca = Buffer.from(plane.caPem).toString('base64');
  const kubeconfig = (url: string) => ({ server: url, 'certificate-authority-data': ca });
  const text = JSON.stringify({
    clusters: [{ name: 'prod', cluster: kubeconfig(plane.url) }],
    users: [{ name: 'prod', user: { token } }],
    contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'prod' } }],
    'current-context': 'prod',
  });
  const data = new FormData();
  data.set('k8sfile', new Blob([text]), 'config.yaml');
  // Rights that the account was given a moment ago may count a moment later.
  return waitUntil({ what: 'a connected cluster', timeoutMs: 60_000, everyMs: 200 }, async () => {
    return (await by.upload('/api/system/kubernetes', data)).body.connectedContexts.length === 1;
  });
}

test('without a cluster, for an adapter, a status or a port that there is not, and for viewers it is refused', async () => {
  expect(codeOf(await toggle('ENABLED'))).toBe('meshery-core-1001');
  await upload();
  expect(codeOf(await toggle('ENABLED', 'nginx'))).toBe('meshery-core-1001');
  expect(codeOf(await toggle('PROCESSING'))).toBe('meshery-core-1001');
  expect(codeOf(await toggle('ENABLED', 'meshery-istio', owner, '70000'))).toBe('meshery-core-1001');
  expect(codeOf(await toggle('ENABLED', 'meshery-istio', viewer))).toBe('meshery-auth-1202');
  const wanted = { adapterName: 'meshery-istio', targetStatus: 'enabled' };
  expect((await viewer.post(restPath, wanted)).status).toBe(403);
  for (const wrong of [{ adapterName: '../x' }, { targetStatus: 'on' }, { targetPort: 0 }]) {
    expect(await owner.post(restPath, { ...wanted, ...wrong })).toMatchObject({
      status: 400,
      body: { code: 'meshery-core-1001' },
    });
  }
  expect((await owner.get('/api/system/operations')).body.totalCount).toBe(0);
});

test('the toggle deploys an adapter into the connected cluster, and it is a connection', async () => {
  expect((await toggle('ENABLED', 'meshery-istio', owner, '10000')).body).toEqual({
    data: { changeAdapterStatus: 'PROCESSING' },
  });
  expect(await ended()).toMatchObject({
    state: 'succeeded',
    kind: 'adapter.deploy',
    targets: [{ name: 'prod', state: 'succeeded' }],
  });
  const deployment = await admin.json<{ spec: { template: { spec: { containers: object[] } } } }>({
    path: `${deployments}/meshery-istio`,
  });
  expect(deployment.spec.template.spec.containers).toMatchObject([
    {
      image: expect.stringMatching(/^localhost\/meshery-ts\/meshery-istio:\d/),
      ports: [{ containerPort: 10000 }],
      env: [{ name: 'SERVICE_ADDR', value: 'meshery-istio.meshery' }],
    },
  ]);
  expect(await admin.json({ path: `${services}/meshery-istio` })).toMatchObject({
    spec: { ports: [{ port: 10000, targetPort: 'grpc' }] },
  });
  expect(await urls()).toEqual(['http://meshery-istio.meshery:10000']);
});

test('toggled off, what was made goes, with its connection, and nothing else', async () => {
  await admin.create('/api/v1/namespaces/meshery/configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'mine' },
  });
  expect((await toggle('DISABLED')).body).toEqual({ data: { changeAdapterStatus: 'PROCESSING' } });
  expect(await ended()).toMatchObject({ state: 'succeeded', kind: 'adapter.undeploy' });
  expect([await exists(`${deployments}/meshery-istio`), await exists(`${services}/meshery-istio`)]).toEqual([
    false,
    false,
  ]);
  expect(await exists('/api/v1/namespaces/meshery/configmaps/mine')).toBe(true);
  expect(await urls()).toEqual([]);
  expect((await toggle('DISABLED')).body.errors).toBeUndefined();
  expect(await ended()).toMatchObject({ state: 'succeeded' });
});

test('what somebody else deployed under the same name is left alone in both ways', async () => {
  const spec = { ports: [{ port: 10001 }], selector: { app: 'theirs' } };
  await admin.create(services, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'meshery-linkerd' }, spec });
  for (const targetStatus of ['enabled', 'disabled']) {
    const answer = await owner.post(restPath, { adapterName: 'meshery-linkerd', targetStatus, targetPort: 10001 });
    expect(answer).toEqual({ status: 200, body: { status: 'processing' } });
    expect(await ended()).toMatchObject({ state: 'failed', error: { code: 'meshery-core-1007' } });
    expect(await admin.json({ path: `${services}/meshery-linkerd` })).toMatchObject({ spec });
    expect(await exists(`${deployments}/meshery-linkerd`)).toBe(false);
  }
  expect(await urls()).toEqual([]);
});

describe('the components that a context of mesheryctl lists', () => {
  const components = ['meshery-istio', 'meshery-kuma', 'meshery-nsm'];
  const ask = async (adapterName: string, targetStatus: string): Promise<void> => {
    const answer = await owner.post(restPath, { adapterName, targetStatus });
    expect(answer).toEqual({ status: 200, body: { status: 'processing' } });
    expect(await ended()).toMatchObject({ state: 'succeeded' });
  };

  test('are deployed by their names alone, each on its usual port', async () => {
    for (const name of components) await ask(name, 'enabled');
    expect((await urls()).sort()).toEqual([
      'http://meshery-istio.meshery:10000',
      'http://meshery-kuma.meshery:10007',
      'http://meshery-nsm.meshery:10004',
    ]);
  });

  test('are undeployed by their names alone, one without the others', async () => {
    await ask('meshery-kuma', 'disabled');
    expect(await exists(`${deployments}/meshery-kuma`)).toBe(false);
    expect(await exists(`${deployments}/meshery-nsm`)).toBe(true);
    for (const name of components) await ask(name, 'disabled');
    expect(await urls()).toEqual([]);
    for (const name of components) expect(await exists(`${deployments}/${name}`)).toBe(false);
  });
});

describe('with MESHERY_KUBERNETES_IMPERSONATION the cluster decides by the rights of the user', () => {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  let own: TestServer;
  let issuer: ScriptedIssuer;
  let edda: Caller;
  beforeAll(async () => {
    issuer = await ScriptedIssuer.start();
    const secret = join(await mkdtemp(join(tmpdir(), 'meshery-impersonation-')), 'secret');
    await writeFile(secret, ScriptedIssuer.clientSecret);
    own = await startTestServer({
      env: {
        MESHERY_KUBERNETES_IMPERSONATION: 'meshery:',
        MESHERY_OIDC_ISSUER: issuer.url,
        MESHERY_OIDC_CLIENT_ID: ScriptedIssuer.clientId,
        MESHERY_OIDC_CLIENT_SECRET_FILE: secret,
        MESHERY_OIDC_ROLES: '{"platform":"editor","guests":"editor"}',
      },
    });
    await rm(dirname(secret), { recursive: true });
    edda = await Caller.signUp(own, 'edda', 'editor');
    await admin.create('/api/v1/namespaces/default/serviceaccounts', {
      ...{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'limited' } },
    });
    await allow('reads', [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] }], limited);
    const { status } = await admin.json<{ status: { token: string } }>({
      ...{ method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts/limited/token' },
      body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }),
    });
    await upload(Caller.owner(own), status.token);
  });
  afterAll(async () => {
    await own.stop();
    await issuer.stop();
  });

  const limited = { kind: 'ServiceAccount', name: 'limited', namespace: 'default' };

  async function allow(name: string, rules: readonly object[], subject: object): Promise<void> {
    const base = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name } };
    await admin.create(`${rbac}/clusterroles`, { ...base, kind: 'ClusterRole', rules });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
    await admin.create(`${rbac}/clusterrolebindings`, {
      ...{ ...base, kind: 'ClusterRoleBinding', roleRef, subjects: [subject] },
    });
  }

  /** What came of a deployment; rights that were given a moment ago may count a moment later. */
  async function deployed(by = edda): Promise<{ state: string; error: { code: string; message: string } | null }> {
    expect((await toggle('ENABLED', 'meshery-consul', by)).body.errors).toBeUndefined();
    return (await ended(by)) as never;
  }

  const becomes = (code: string | undefined, by = edda) =>
    waitUntil({ what: `the answer ${String(code)}`, timeoutMs: 60_000, everyMs: 200 }, async () => {
      const { error } = await deployed(by);
      return error?.code === code ? (error ?? { message: '' }) : undefined;
    });

  test('a credential that may not impersonate, a user without rights, and one with them', async () => {
    expect(await deployed()).toMatchObject({ state: 'failed', error: { code: 'meshery-kube-1321' } });
    await allow('acts', [{ apiGroups: [''], resources: ['users', 'groups'], verbs: ['impersonate'] }], limited);
    const refused = await becomes('meshery-kube-1308');
    expect(refused.message).toContain('"meshery:Local:edda"');
    expect(await exists(`${deployments}/meshery-consul`)).toBe(false);
    const editors = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'meshery:editor' };
    await allow('deploys', [{ apiGroups: ['', 'apps'], resources: ['*'], verbs: ['*'] }], editors);
    await becomes(undefined);
    expect(await exists(`${deployments}/meshery-consul`)).toBe(true);
  });

  /** Signs in with the issuer, which lists these groups. */
  async function member(groups: readonly string[]): Promise<Caller> {
    issuer.person = { sub: 'ada-1', preferred_username: 'ada', groups };
    const browser = new CookieBrowser(own.url);
    const location = async (response: Promise<Response>) => (await response).headers.get('location') ?? '';
    const atIssuer = await location(browser.open('/auth/oidc'));
    expect(await location(browser.open(await location(fetch(atIssuer, { redirect: 'manual' }))))).toBe('/');
    const { id } = (await (await browser.open('/api/user')).json()) as { id: string };
    return new Caller(own, browser.cookies.get('token') ?? '', { id, organizationId: edda.organizationId });
  }

  test('groups of the issuer count as they were at the sign-in, and the role that they give does not', async () => {
    const group = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'meshery:oidc:platform' };
    await allow('platform', [{ apiGroups: ['', 'apps'], resources: ['*'], verbs: ['*'] }], group);
    const guest = await member(['guests', 'meshery:editor']);
    expect((await becomes('meshery-kube-1308', guest)).message).toContain('"meshery:Local:ada"');
    const ada = await member(['guests', 'platform']);
    await becomes(undefined, ada);
    await becomes('meshery-kube-1308', await member(['guests']));
    expect((await deployed(ada)).error).toMatchObject({ code: 'meshery-kube-1308' });
  });
});
