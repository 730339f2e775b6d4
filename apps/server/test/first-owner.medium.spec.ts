import { readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ControlPlane,
  makeTempDir,
  runCommand,
  runCommandAnyway,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { startTestServer } from './server-harness.ts';
import type { TestServer, TestServerOptions } from './server-harness.ts';

const beyondLoopback = ['--no-discovery', '--insecure', '--host', '0.0.0.0', '--grpc-host', '127.0.0.1'];
const dayMs = 24 * 3_600_000;

const folders: { remove(): void }[] = [];
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) folder.remove();
});

function newFolder(): string {
  const folder = makeTempDir('first-owner');
  folders.push(folder);
  return folder.path;
}

/** A server as in a container, which has said how to sign in. */
async function start(folder: string, options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer({ argv: beyondLoopback, ...options, folder });
  servers.push(server);
  await server.prepared.security.owner.invite();
  return server;
}

const codeFile = (folder: string): string => join(folder, 'initial-admin-code');
const codeIn = async (folder: string): Promise<string> => (await readFile(codeFile(folder), 'utf8')).trim();
const lineWith = ({ lines }: TestServer, text: string): string => lines.find((line) => line.includes(text)) ?? '';

async function trade(
  server: TestServer,
  code: unknown,
): Promise<{ readonly status: number; readonly body: Record<string, string> }> {
  const answer = await fetch(`${server.url}/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

describe('the first sign-in of a server that nobody sits in front of', () => {
  test('has one code, in the log and in a file of its user alone, and gives a program its token file', async () => {
    const folder = newFolder();
    const server = await start(folder);
    const code = await codeIn(folder);
    expect((await stat(codeFile(folder))).mode & 0o777).toBe(0o600);
    expect(server.lines.filter((line) => line.includes(code))).toHaveLength(1);

    const { status, body } = await trade(server, code);
    expect([status, body['meshery-provider']]).toEqual([200, 'Local']);
    const authorization = `Bearer ${body['token'] ?? ''}`;
    expect((await fetch(`${server.url}/api/system/clusters`, { headers: { authorization } })).status).toBe(200);
    await expect(stat(codeFile(folder))).rejects.toThrow('ENOENT');
    expect(await trade(server, code)).toMatchObject({ status: 401, body: { code: 'meshery-auth-1203' } });
  });

  test('may be in a browser', async () => {
    const folder = newFolder();
    const server = await start(folder);
    const link = `${server.url}/auth/local?code=${await codeIn(folder)}`;
    const answer = await fetch(link, { redirect: 'manual' });
    expect([answer.status, answer.headers.getSetCookie().length]).toEqual([302, 2]);
    await expect(stat(codeFile(folder))).rejects.toThrow('ENOENT');
  });

  test('is still open after a restart with the same code, which the log does not repeat', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const code = await codeIn(folder);
    await first.stop();
    const second = await start(folder);
    expect(second.lines.join('')).not.toContain(code);
    expect(lineWith(second, 'nobody has signed in yet')).toContain(codeFile(folder));
    expect((await trade(second, code)).status).toBe(200);
  });

  test('needs another code when the first one is a day old', async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    const old = await codeIn(folder);
    const then = (Date.now() - dayMs) / 1000;
    await utimes(codeFile(folder), then, then);
    const server = await start(folder);
    expect(await codeIn(folder)).not.toBe(old);
    expect((await trade(server, old)).status).toBe(401);
    expect((await trade(server, await codeIn(folder))).status).toBe(200);
  });

  test('happens once: later starts log a link as before, and keep none in a file', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await trade(first, await codeIn(folder));
    await first.stop();
    const second = await start(folder);
    await expect(stat(codeFile(folder))).rejects.toThrow('ENOENT');
    const link = /\/auth\/local\?code=([\w-]+)/.exec(lineWith(second, 'good for an hour'))?.[1];
    expect((await trade(second, link)).status).toBe(200);
  });

  test('waits for a data folder that can be written: the code stays good', async () => {
    const folder = newFolder();
    const server = await start(folder);
    const code = await codeIn(folder);
    const inTheWay = join(folder, 'keys', 'owner.json');
    await runCommand('mkdir', [inTheWay]);
    expect(await trade(server, code)).toMatchObject({ status: 500, body: { code: 'meshery-config-1102' } });
    await runCommand('rmdir', [inTheWay]);
    expect((await trade(server, code)).status).toBe(200);
  });
});

test('a guesser is told to wait, and keeps nobody out who has a code', async () => {
  const folder = newFolder();
  const server = await start(folder);
  const answers = new Set<number>();
  for (let attempt = 0; attempt < 21; attempt += 1)
    answers.add((await trade(server, `guess-${String(attempt)}`)).status);
  expect([...answers]).toEqual([401, 429]);
  expect(await trade(server, ['a'])).toMatchObject({ status: 429, body: { code: 'meshery-core-1005' } });
  expect((await trade(server, await codeIn(folder))).status).toBe(200);
});

describe('in a cluster', () => {
  const role = fileURLToPath(new URL('../../../deploy/kustomize/server/', import.meta.url));
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane();
    await kubectl('create', 'namespace', 'meshery');
    for (const file of ['service-account', 'server-role']) await kubectl('apply', '-f', join(role, `${file}.yaml`));
    const asked = ['patch', 'secrets/meshery-initial-admin', '-n', 'meshery'];
    const as = '--as=system:serviceaccount:meshery:meshery-server';
    // Rights count a moment after they were given.
    await waitUntil({ what: 'the rights of the server', timeoutMs: 60_000 }, async () => {
      return (await kubectl('auth', 'can-i', ...asked, as)).trim() === 'yes';
    });
  }, 300_000);
  afterAll(() => plane.stop());

  const kubectl = (...args: string[]): Promise<string> =>
    runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...args]);

  /** As the pod of the shipped manifests: its service account, its namespace, the name of the Secret. */
  async function settings(folder: string): Promise<TestServerOptions> {
    const token = (await kubectl('-n', 'meshery', 'create', 'token', 'meshery-server')).trim();
    const path = join(folder, 'kubeconfig');
    const kubeconfig = writeKubeconfig({ path, server: plane.url, caPem: plane.caPem, token });
    return {
      argv: [...beyondLoopback, '--kubeconfig', kubeconfig],
      env: { MESHERY_INITIAL_ADMIN_SECRET: 'meshery-initial-admin', POD_NAMESPACE: 'meshery' },
    };
  }

  const codeInSecret = async (): Promise<string> => {
    const path = ['-n', 'meshery', 'get', 'secret', 'meshery-initial-admin', '-o', 'jsonpath={.data.code}'];
    const { stdout } = await runCommandAnyway('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...path]);
    return Buffer.from(stdout, 'base64').toString('utf8');
  };

  test('the code is in the Secret too, until it is used, with the rights of the shipped role', async () => {
    const folder = newFolder();
    const server = await start(folder, await settings(folder));
    expect(await codeInSecret()).toBe(await codeIn(folder));
    expect((await trade(server, await codeInSecret())).status).toBe(200);
    expect(await codeInSecret()).toBe('');
  });

  test('a Secret that was left behind goes at the next start', async () => {
    const folder = newFolder();
    const server = await start(folder, await settings(folder));
    const code = await codeIn(folder);
    await trade(server, code);
    await server.stop();
    await kubectl(
      '-n',
      'meshery',
      'create',
      'secret',
      'generic',
      'meshery-initial-admin',
      `--from-literal=code=${code}`,
    );
    await start(folder, await settings(folder));
    expect(await codeInSecret()).toBe('');
  });

  test('a cluster that refuses the Secret keeps nobody out, and the log says why', async () => {
    const folder = newFolder();
    const options = await settings(folder);
    const server = await start(folder, {
      ...options,
      env: { ...options.env, MESHERY_INITIAL_ADMIN_SECRET: 'another' },
    });
    const line = lineWith(server, 'the code of the first sign-in is not in its Secret');
    expect(JSON.parse(line)).toMatchObject({ secret: 'meshery/another', code: 'meshery-kube-1308' });
    expect((await trade(server, await codeIn(folder))).status).toBe(200);
  });
});
