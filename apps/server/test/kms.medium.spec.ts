import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '@meshery/object-model';
import { createLogger, requestContext } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { localUser } from '../src/identity/local-user.ts';
import { Providers } from '../src/provider/providers.ts';
import { Caller } from './caller.ts';
import { KmsPlugin } from './kms-plugin.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Credentials whose master key a key management service wraps, through a plugin on a unix socket. */

const path = '/api/integrations/credentials';
const canary = 'canary-kms-41c9';
const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const away = { code: 'meshery-connection-1725' };

let folder: string;
let plugin: KmsPlugin;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-kms-'));
  plugin = new KmsPlugin(join(folder, 'kms.sock'));
  server = await start(plugin.endpoint);
}, 60_000);
afterAll(async () => {
  await server.stop();
  plugin.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(endpoint: string | undefined, data = join(folder, 'data')): Promise<TestServer> {
  return startTestServer({ folder: data, env: endpoint === undefined ? {} : { MESHERY_KMS_ENDPOINT: endpoint } });
}

async function restart(endpoint: string | undefined): Promise<void> {
  await server.stop();
  server = await start(endpoint);
}

function keep(secret: string) {
  return Caller.owner(server).post(path, { name: 'far', type: 'grafana', secret: { secret } });
}

async function kept(secret = canary): Promise<string> {
  const { status, body } = await keep(secret);
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

async function rewrite(id: string, secret: string): Promise<void> {
  expect((await Caller.owner(server).put(path, { id, secret: { secret } })).status).toBe(200);
}

function open(id: string): Promise<Secret> {
  const ctx = requestContext({ user: localUser, requestId: 'test', logger, signals: [AbortSignal.timeout(30_000)] });
  return server.service.app.get(Providers, { strict: false }).of(ctx).credentials.open(ctx, id);
}

async function sealed(id: string): Promise<string> {
  return (await server.userData.read((data) => data.credentials.find({ id })))?.sealed ?? '';
}

const keyIdOf = (text: string): string =>
  /key-\d/.exec(Buffer.from(text.split('.')[1]?.slice('kms-'.length) ?? '', 'base64url').toString('latin1'))?.[0] ?? '';

test('a server starts without the plugin, says why nothing is kept, and goes on when it is there', async () => {
  expect((await server.get('/healthz/ready')).status).toBe(200);
  expect(server.lines.join('')).toContain('until the key management service answers');
  const refused = await keep(canary);
  expect([refused.status, refused.body]).toMatchObject([503, { ...away, suggestedRemediation: [expect.any(String)] }]);
  await plugin.start();
  await waitUntil(
    { what: 'the plugin', timeoutMs: 60_000, everyMs: 100 },
    async () => (await keep('x')).status === 201,
  );
  expect(await open(await kept())).toEqual({ secret: canary });
});

test('neither the secret nor a master key is in the data folder', async () => {
  const id = await kept();
  for (const file of ['meshery.db', 'meshery.db-wal']) {
    expect((await readFile(join(server.folder, file))).includes(canary)).toBe(false);
  }
  await expect(access(join(server.folder, 'keys', 'master.json'))).rejects.toThrow('ENOENT');
  expect(await sealed(id)).toMatch(/^s1\.kms-/);
});

test('after the key was changed there, the next write is wrapped anew and what is older still opens', async () => {
  const id = await kept();
  expect(keyIdOf(await sealed(id))).toBe('key-1');
  plugin.rotate('key-2');
  const newer = await kept();
  expect(keyIdOf(await sealed(newer))).toBe('key-2');
  await restart(plugin.endpoint);
  expect([await open(id), await open(newer)]).toEqual([{ secret: canary }, { secret: canary }]);
  await rewrite(id, 'other');
  expect(keyIdOf(await sealed(id))).toBe('key-2');
  expect(await open(id)).toEqual({ secret: 'other' });
});

test('what was opened stays open while the plugin is away; after a restart it opens when that is back', async () => {
  const id = await kept();
  plugin.stop();
  expect(await open(id)).toEqual({ secret: canary });
  await restart(plugin.endpoint);
  await expect(open(id)).rejects.toMatchObject(away);
  await plugin.start();
  const opens = () => open(id).then(Boolean, () => false);
  await waitUntil({ what: 'the plugin', timeoutMs: 60_000, everyMs: 100 }, opens);
  expect(await open(id)).toEqual({ secret: canary });
});

test('a plugin that says it is not healthy seals nothing', async () => {
  plugin.healthz = 'the key is disabled';
  expect((await keep(canary)).body).toMatchObject(away);
  plugin.healthz = 'ok';
  await kept();
});

test('what a file sealed still opens, and is wrapped by the service at its next write', async () => {
  await restart(undefined);
  const id = await kept();
  expect(await sealed(id)).toMatch(/^s1\.1\./);
  await restart(plugin.endpoint);
  expect(await open(id)).toEqual({ secret: canary });
  await rewrite(id, canary);
  expect(await sealed(id)).toMatch(/^s1\.kms-/);
  await restart(undefined);
  await expect(open(id)).rejects.toMatchObject({ code: 'meshery-connection-1703' });
});
