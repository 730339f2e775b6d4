import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import type { Logger } from '@meshery/observability';
import { ROOT_LOGGER } from '@meshery/service';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The support bundle: what it tells, and above all what it does not. */

const canary = 'canary-9f3a7c';
const path = '/api/system/support-bundle';

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer({
    env: {
      MESHERY_SERVER_CALLBACK_URL: `https://${canary}.example/?token=${canary}`,
      MESHERY_ALLOWED_HOSTS: `localhost,127.0.0.1,${canary}.example`,
      KUBECONFIG: `/nowhere/${canary}`,
    },
  });
  owner = Caller.owner(server);
  const feed = new Feed(server.store, canary.replace('canary', 'cluster'));
  await feed.open();
  await feed.upsert({ name: canary });
}, 60_000);
afterAll(() => server.stop());

/** The files of a bundle by name, read by the system's own program. */
async function files(): Promise<Record<string, string>> {
  const input = Buffer.from(await (await server.get(path)).arrayBuffer());
  const names = execFileSync('tar', ['-tzf', '-'], { input, encoding: 'utf8' }).trim().split('\n');
  const read = (name: string): string => execFileSync('tar', ['-xzOf', '-', name], { input, encoding: 'utf8' });
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

test('it tells versions, configuration, health, stores, clusters, failures and the newest log', async () => {
  const bundle = await files();
  expect(Object.keys(bundle)).toEqual([
    ...['about.json', 'configuration.json', 'health.json', 'stores.json', 'clusters.json', 'operations.json'],
    'log.jsonl',
  ]);
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into answers of every shape
  const of = (name: string): any => JSON.parse(bundle[`${name}.json`] ?? '');
  expect(of('about')).toMatchObject({ version: 'v0.1.0', node: process.version });
  expect(of('configuration')).toMatchObject({ port: 0, logLevel: 'info', discovery: false, httpProxy: 'not set' });
  expect(of('configuration')).toMatchObject({ callbackUrl: 'set [REDACTED]', allowedHosts: 'set [REDACTED]' });
  expect(of('health')).toMatchObject({ readiness: { checks: { inventory: { ready: true } } } });
  expect(of('stores')).toMatchObject({
    inventory: expect.arrayContaining([{ name: 'objects', count: 1 }]),
    userData: { tables: expect.arrayContaining([{ name: 'users', count: 1 }]) },
  });
  expect(of('stores').userData.migrations.length).toBeGreaterThan(3);
  expect(of('clusters')).toMatchObject({ count: 1, clusters: [{ source: 'agent', objectCount: 1 }] });
  expect(of('clusters').controllers[0].controllers.length).toBe(3);
  expect(of('operations')).toEqual({ failed: 0, newest: [] });
  expect(bundle['log.jsonl']).toContain('service is listening');
});

test('it has the codes of what failed lately, and not whom or what it was about', async () => {
  const operations = '/api/system/operations';
  expect((await owner.get(operations)).status).toBe(200);
  const at = new Date().toISOString();
  const error = { code: 'meshery-kube-1303', message: `${canary} does not answer` };
  const targets = [{ id: 't', name: canary, state: 'failed' as const, message: canary }];
  const failed = { id: owner.id, kind: 'connection.disconnect', state: 'failed' as const, error, targets };
  const life = { owner: owner.id, organizationId: owner.organizationId, progress: 0, isCancelRequested: false };
  const times = { createdAt: at, updatedAt: at, seenAt: at, finishedAt: at, processId: owner.id };
  await server.userData.change((data) => data.operations.insert({ ...failed, ...life, ...times }));
  const bundle = await files();
  expect(JSON.parse(bundle['operations.json'] ?? '')).toMatchObject({
    failed: 1,
    newest: [{ kind: 'connection.disconnect', code: 'meshery-kube-1303', targets: 1, failed: 1 }],
  });
  expect(JSON.stringify(bundle)).not.toContain(canary);
});

test('no canary of settings, credentials, the log or user data is in it, and it stays small', async () => {
  const secret = { username: canary, password: canary };
  const grafana = { kind: 'grafana', name: canary, url: `http://${canary}.example`, credentialSecret: secret };
  for (const [where, body] of [
    ['/api/integrations/credentials', { name: canary, type: 'grafana', secret: { secret: canary } }],
    ['/api/integrations/connections', grafana],
    ['/api/workspaces', { name: canary, organizationId: owner.organizationId }],
    ['/api/identity/users', { name: canary, email: `${canary}@example.com` }],
  ] as const)
    expect([where, (await owner.post(where, body)).status < 300]).toEqual([where, true]);
  const logger = server.service.app.get<Logger>(ROOT_LOGGER);
  logger.info({ deep: { er: { apiKey: canary, authorization: [canary] } } }, `Bearer ${canary}`);
  logger.warn({ err: new Error(`https://u:${canary}@host/?code=${canary}`) }, 'failed');
  for (let line = 0; line < 2000; line += 1) logger.info({ line }, 'x'.repeat(100));
  logger.info({ kept: true, token: canary, cookies: { a: canary } }, `postgres://u:${canary}@db/x`);
  const archive = Buffer.from(await (await server.get(path)).arrayBuffer());
  const plain = gunzipSync(archive);
  for (const form of [canary, Buffer.from(canary).toString('base64').slice(0, 16)])
    expect([form, plain.includes(form)]).toEqual([form, false]);
  expect(plain.includes('"kept":true')).toBe(true);
  expect(plain.length).toBeLessThan(200_000);
});

test.each(['viewer', 'editor'] as const)('it is nothing for a %s, nor for anybody without a session', async (role) => {
  const caller = await Caller.signUp(server, role, role);
  expect((await caller.get(path)).status).toBe(403);
  expect((await fetch(`${server.url}${path}`)).status).toBe(401);
});
