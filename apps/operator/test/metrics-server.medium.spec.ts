import { request } from 'node:https';
import type { KubeTransport } from '@meshery/kube';
import { createLogger, createMetricsRegistry, systemClock } from '@meshery/observability';
import { KubeAdmin, freePort, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { MetricsServer } from '../src/metrics-server.ts';
import { adminTransport } from './operator-scene.ts';

let plane: ControlPlane;
let admin: KubeAdmin;
let transport: KubeTransport;
let server: MetricsServer;
let port: number;

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  port = await freePort();
  transport = adminTransport(plane);
  server = new MetricsServer({
    host: '127.0.0.1',
    port,
    transport,
    registry: createMetricsRegistry({ service: 'operator', version: '0', defaults: false }),
    clock: systemClock,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  await server.start();
}, 300_000);

afterAll(async () => {
  await server.stop();
  await transport.close();
  admin.close();
  await plane.stop();
});

/** Status and text that somebody with this token gets. */
function get(path: string, token?: string): Promise<readonly [number, string]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly [number, string]>();
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const options = { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false };
  const outgoing = request(options, (incoming) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    incoming.on('end', () => {
      resolve([incoming.statusCode ?? 0, text]);
    });
  });
  outgoing.on('error', reject).end();
  return promise;
}

async function tokenOf(account: string): Promise<string> {
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  await admin.create(accounts, { metadata: { name: account } });
  const { status } = await admin.json<{ status: { token: string } }>({
    method: 'POST',
    path: `${accounts}/${account}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  });
  return status.token;
}

async function mayScrape(user: string): Promise<boolean> {
  const spec = { user, nonResourceAttributes: { path: '/metrics', verb: 'get' } };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  return (await admin.json<{ status: { allowed: boolean } }>({ method: 'POST', path, body })).status.allowed;
}

test('metrics are for those whom the cluster lets get them', async () => {
  const [scraper, stranger] = [await tokenOf('scraper'), await tokenOf('stranger')];
  await admin.create('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
    metadata: { name: 'metrics' },
    rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  });
  await admin.create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: 'metrics' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'metrics' },
    subjects: [{ kind: 'ServiceAccount', name: 'scraper', namespace: 'default' }],
  });
  // The server remembers what the cluster told it, so the cluster is asked first whether it knows of the grant.
  await waitUntil({ what: 'the grant', timeoutMs: 60_000 }, () => mayScrape('system:serviceaccount:default:scraper'));
  expect((await get('/metrics', scraper))[0]).toBe(200);
  expect((await get('/metrics', scraper))[1]).toContain('meshery_build_info');
  expect((await get('/metrics', stranger))[0]).toBe(403);
  expect((await get('/metrics', 'made-up'))[0]).toBe(403);
  expect((await get('/metrics'))[0]).toBe(401);
  expect((await get('/healthz', scraper))[0]).toBe(404);
});
