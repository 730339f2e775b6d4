import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Published routes beside the inventory's, each with the work it does; tools/parity/proofs names these tests. */

const page = (title: string): string => `<!doctype html><html lang="en"><head><title>${title}</title></head></html>`;
const script = 'export const x = 1;\n';

let dashboard: string;
let server: TestServer;
beforeAll(async () => {
  dashboard = await mkdtemp(join(tmpdir(), 'meshery-parity-'));
  await mkdir(join(dashboard, '_next', 'static'), { recursive: true });
  await writeFile(join(dashboard, 'index.html'), page('inventory'));
  await mkdir(join(dashboard, 'sign-in'));
  await writeFile(join(dashboard, 'sign-in', 'index.html'), page('sign in'));
  await writeFile(join(dashboard, '_next', 'static', 'x.js'), script);
  const pages = ['--dashboard-dir', dashboard, '--provider-ui-dir', join(dashboard, 'sign-in')];
  server = await startTestServer({ argv: ['--no-discovery', ...pages] });
  const feed = new Feed(server.store, 'parity');
  await feed.open();
  await feed.upsert({ name: 'web-1' }, { name: 'web-2' });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(dashboard, { recursive: true, force: true });
});

const anonymous = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
const typeOf = (response: Response): string | null => response.headers.get('content-type');

test.each(['live', 'ready'])('GET /healthz/%s answers anyone while the server works', async (probe) => {
  expect((await anonymous(`/healthz/${probe}`)).status).toBe(200);
});

test.each(['GET', 'HEAD'])('%s /_next/* answers the build of the dashboard without a session', async (method) => {
  const response = await anonymous('/_next/static/x.js', { method });
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(script.length)]);
  expect(typeOf(response)).toMatch(/javascript/);
  expect(await response.text()).toBe(method === 'HEAD' ? '' : script);
  expect((await anonymous('/_next/static/nothing.js', { method })).status).toBe(404);
});

test('ANY /favicon.ico answers an SVG that may be kept for an hour', async () => {
  for (const method of ['GET', 'HEAD']) {
    const response = await anonymous('/favicon.ico', { method });
    expect([response.status, typeOf(response), response.headers.get('cache-control')]).toEqual([
      200,
      expect.stringContaining('image/svg+xml'),
      'max-age=3600',
    ]);
  }
});

test('GET /provider answers the sign-in page without a session', async () => {
  const response = await anonymous('/provider?ref=x', { headers: { accept: 'text/html' } });
  expect([response.status, typeOf(response)]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await response.text()).toContain('<title>sign in</title>');
});

test.each(['GET', 'HEAD'])('%s /* answers the dashboard to a session and sends others to sign in', async (method) => {
  const response = await server.get('/', { method, headers: { accept: 'text/html' } });
  expect([response.status, typeOf(response)]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await response.text()).toBe(method === 'HEAD' ? '' : page('inventory'));
  const refused = await anonymous('/', { method, headers: { accept: 'text/html' } });
  expect([refused.status, refused.headers.get('location')]).toEqual([302, expect.stringMatching(/^\/provider/)]);
});

describe('/api/system/graphql/query', () => {
  const path = '/api/system/graphql/query';
  const query = '{ resources(filter: { clusterIds: ["parity"] }) { totalCount resources { name } } }';
  const call = (method: string): Promise<Response> =>
    method === 'GET'
      ? server.get(`${path}?query=${encodeURIComponent(query)}`)
      : server.get(path, {
          method,
          body: JSON.stringify({ query }),
          headers: { 'content-type': 'application/json' },
        });

  test.each(['GET', 'POST'])('%s answers a query with what the inventory holds', async (method) => {
    const response = await call(method);
    const body = (await response.json()) as { data?: { resources: { totalCount: number } }; errors?: unknown };
    expect({ status: response.status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    expect(JSON.stringify(body.data)).toContain('web-1');
    expect(body.data?.resources.totalCount).toBe(2);
    expect((await anonymous(path, method === 'GET' ? {} : { method, body: '{}' })).status).toBe(401);
  });
});

test('GET /api/token answers the token file of whoever is signed in', async () => {
  const response = await server.get('/api/token');
  expect([response.status, typeOf(response)]).toEqual([200, 'application/json; charset=utf-8']);
  const file = (await response.json()) as Record<string, string>;
  expect(file).toEqual({ 'meshery-provider': expect.any(String), token: server.token });
  const bad = await anonymous('/api/token', { headers: { authorization: 'Bearer nonsense' } });
  expect(bad.status).toBe(401);
});

describe('GET /api/providers', () => {
  type Entry = Readonly<Record<string, unknown>>;
  const providers = async (): Promise<Record<string, Entry>> =>
    (await (await anonymous('/api/providers')).json()) as Record<string, Entry>;

  test('names the Local provider in both spellings without a session', async () => {
    const { Local, ...others } = await providers();
    const names = { providerName: 'Local', provider_name: 'Local', providerUrl: '', provider_url: '' };
    expect(Local).toMatchObject({ ...names, providerType: 'local', capabilities: [] });
    // Older clients fail on a map with one entry.
    expect(Object.keys(others).length).toBeGreaterThan(0);
  });

  test('a published client signs in with each provider that is offered', async () => {
    expect((await anonymous('/api/system/version')).status).toBe(200);
    for (const { provider_name: name } of Object.values(await providers())) {
      const cookie = `token=; meshery-provider=${String(name)}`;
      const file = (await (await anonymous('/api/token', { headers: { cookie } })).json()) as Record<string, string>;
      const session = `token=${file.token ?? ''}; meshery-provider=${file['meshery-provider'] ?? ''}`;
      expect((await anonymous('/api/system/clusters', { headers: { cookie: session } })).status).toBe(200);
    }
  });
});
