import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  KubeAdmin,
  NatsServer,
  issue,
  makeTempDir,
  newAuthority,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import type { ControlPlane, TempDir } from '@meshery/testing';
import { AgentProcess } from './testing/agent-process.ts';
import { FarSide } from './testing/far-side.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);
const cleanups: (() => unknown)[] = [];

let plane: ControlPlane;
let admin: KubeAdmin;
let dir: TempDir;

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
}, 300_000);

afterAll(async () => {
  admin.close();
  await plane.stop();
});

beforeEach(() => {
  dir = makeTempDir('meshsync');
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  dir.remove();
});

async function broker(options: Parameters<typeof NatsServer.start>[0]): Promise<NatsServer> {
  const server = await NatsServer.start(options);
  cleanups.push(() => server.stop());
  return server;
}

async function agent(env: Readonly<Record<string, string>>): Promise<AgentProcess> {
  const cluster = { url: plane.url, caPem: plane.caPem, token: plane.adminToken };
  const started = await AgentProcess.start(
    cluster,
    { MESHSYNC_WATCH_LIST: '{"whitelist":["configmaps"]}', ...env },
    dir,
  );
  cleanups.push(() => started.stop());
  return started;
}

async function farSide(options: Parameters<typeof FarSide.open>[0]): Promise<FarSide> {
  const side = await FarSide.open(options);
  cleanups.push(() => side.close());
  return side;
}

/** Writes a file beside the agent, as a mounted Secret. */
function mounted(name: string, text: string): string {
  const path = join(dir.path, name);
  writeFileSync(path, text);
  return path;
}

async function configMap(name: string): Promise<void> {
  await admin.create(configMaps, { metadata: { name } });
  cleanups.push(() => admin.delete(`${configMaps}/${name}`));
}

test.each([
  ['a token', { token: 't0ken' }, 't0ken@'],
  ['a user', { users: { agent: 'w0rd' } }, 'agent:w0rd@'],
])('logs in with %s as published operators give it', async (_, access, userinfo) => {
  const server = await broker(access);
  const side = await farSide({ url: `nats://${userinfo}127.0.0.1:${server.port}` });
  await configMap('plain');
  const started = await agent({ BROKER_URL: `nats://${userinfo}127.0.0.1:${server.port}` });
  await until('the object', () => side.has('plain'));
  await until('readiness', async () => (await started.readiness()).ready);
  expect((await started.status()).broker).toEqual({ connected: true });
});

test('says that it does not trust its broker, and connects when it is given the right CA', async () => {
  const authority = newAuthority('broker');
  const server = await broker({ tls: issue(authority, { subject: { commonName: 'broker' }, names: ['localhost'] }) });
  const caFile = mounted('ca.crt', newAuthority('another').certificatePem);
  const started = await agent({ BROKER_URL: `nats://localhost:${server.port}`, MESHSYNC_BROKER_CA_FILE: caFile });
  const wrong = /meshery-messaging-1507.*UNABLE_TO_VERIFY_LEAF_SIGNATURE.*CA that signed/;
  await until('the reason', async () => wrong.test((await started.readiness()).text));
  const { broker: said } = await started.status();
  expect(said).toMatchObject({ connected: false, reason: expect.stringMatching(wrong) as unknown });
  mounted('ca.crt', authority.certificatePem);
  await until('readiness', async () => (await started.readiness()).ready);
  const { connections } = (await (await fetch(`${server.monitorUrl}/connz`)).json()) as {
    connections: { name: string; tls_version?: string }[];
  };
  expect(connections.find(({ name }) => name === 'meshsync')?.tls_version).toBe('1.3');
});

test('loses nothing while its credentials are rotated', async () => {
  const server = await broker({ users: { agent: 'first', bridge: 'b' } });
  const side = await farSide({ url: `nats://bridge:b@127.0.0.1:${server.port}` });
  const tokenFile = mounted('token', 'agent:first\n');
  const started = await agent({ BROKER_URL: `127.0.0.1:${server.port}`, MESHSYNC_BROKER_TOKEN_FILE: tokenFile });
  await configMap('before');
  await until('the first object', () => side.has('before'));
  server.configure({ users: { agent: 'second', bridge: 'b' } });
  server.reload();
  await until('the refusal', async () => (await started.readiness()).text.includes('meshery-messaging-1506'));
  await configMap('meanwhile');
  mounted('token', 'agent:second\n');
  await until('what happened meanwhile', () => side.has('meanwhile'));
  await configMap('after');
  await until('the last object', () => side.has('after'));
  expect(await started.status()).toMatchObject({ broker: { connected: true }, kinds: { total: 1, inSync: 1 } });
  expect(started.log()).not.toMatch(/first|second/);
});
