import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { sayNothing } from '../../setup/src/progress.ts';
import { runCommand } from '../../setup/src/run-command.ts';
import { withApi } from './api-client.ts';
import { down } from './down.ts';
import { startControlPlane } from './ephemeral.ts';
import { markedProcesses, pidOf } from './processes.ts';
import { type Cluster, clusterDir, clusterNames, readRecord } from './state.ts';
import { status } from './status.ts';
import { up } from './up.ts';
import { waitFor } from './wait.ts';

const say = sayNothing;
const newName = (): string => `spec-${randomBytes(4).toString('hex')}`;

function clusterOf(name: string): Cluster {
  const dir = clusterDir(name);
  const record = readRecord(dir);
  if (record === undefined) throw new Error(`${name} has no record`);
  return { dir, record };
}

const configMap = (name: string) => ({
  path: `/api/v1/namespaces/default/configmaps/${name}`,
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { kept: 'yes' } },
});

describe('a cluster without nodes', () => {
  const name = newName();
  const map = configMap('remembered');

  afterAll(() => down({ name, say }));

  test('comes up, with a kubeconfig that kubectl can use', async () => {
    const kubeconfig = await up({ name, nodes: 0, say });
    const version = await runCommand('kubectl', ['--kubeconfig', kubeconfig, 'get', '--raw', '/version']);
    expect(JSON.parse(version)).toMatchObject({ gitVersion: 'v1.34.4' });
    expect(await status(name)).toMatchObject({ healthy: true, api: 'ok', nodes: 0 });
  });

  test('keeps its objects and its port when the API server is killed and up heals it', async () => {
    await withApi(clusterOf(name), (api) => api.apply(map.path, map.object));
    const killed = pidOf(clusterDir(name), 'kube-apiserver');
    process.kill(killed ?? 0, 'SIGKILL');
    await waitFor({ what: 'the API server being dead', timeoutMs: 30_000 }, async () =>
      (await status(name))?.healthy === false ? true : undefined,
    );

    await up({ name, say });

    expect(pidOf(clusterDir(name), 'kube-apiserver')).not.toBe(killed);
    expect(await withApi(clusterOf(name), (api) => api.json({ path: map.path }))).toMatchObject({
      data: map.object.data,
    });
  });

  test('changes nothing when it is up already', async () => {
    const before = await status(name);
    await up({ name, nodes: 0, say });
    expect(await status(name)).toEqual(before);
  });

  test('refuses another number of nodes and says what to do', async () => {
    await expect(up({ name, nodes: 2, say })).rejects.toMatchObject({
      remedy: expect.stringContaining(`down --name ${name}`),
    });
  });

  test('lives beside another cluster on ports and ranges of its own', async () => {
    const other = newName();
    try {
      await up({ name: other, say });
      const [mine, theirs] = [clusterOf(name).record, clusterOf(other).record];
      expect(Object.values(mine.ports).filter((port) => Object.values(theirs.ports).includes(port))).toEqual([]);
      expect(mine.slot).not.toBe(theirs.slot);
    } finally {
      await down({ name: other, say });
    }
    expect(await status(name)).toMatchObject({ healthy: true });
  });

  test('leaves no process and no folder behind, and can be removed twice', async () => {
    const { dir } = clusterOf(name);
    await down({ name, say });
    await down({ name, say });
    expect(markedProcesses(dir)).toEqual([]);
    expect(existsSync(dir)).toBe(false);
    expect(await status(name)).toBeUndefined();
  });
});

describe('a control plane for tests', () => {
  test('can lose its API server and get it back on the same port with the same data', async () => {
    const plane = await startControlPlane();
    try {
      const map = configMap('kept');
      await withApi(clusterOf(plane.name), (api) => api.apply(map.path, map.object));
      const before = plane.pids();
      await plane.restartApiServer({ signal: 'SIGKILL' });
      expect(plane.pids()['kube-apiserver']).not.toBe(before['kube-apiserver']);
      expect(plane.pids()['etcd']).toBe(before['etcd']);
      expect(await statusOverCertificate(plane, map.path)).toBe(200);
    } finally {
      await plane.stop();
    }
    expect(existsSync(plane.dir)).toBe(false);
  });

  test('takes flags of the API server and runs no controller when told so', async () => {
    const plane = await startControlPlane({ controllers: [], apiServerArgs: ['--watch-cache=false'] });
    try {
      expect(Object.keys(plane.pids()).sort()).toEqual(['etcd', 'kube-apiserver']);
      const flags = await runCommand('ps', ['-o', 'args=', '-p', String(plane.pids()['kube-apiserver'])]);
      expect(flags).toContain('--watch-cache=false');
    } finally {
      await plane.stop();
    }
  });

  test('is removed when the process that started it is killed', async () => {
    const name = newName();
    const entry = fileURLToPath(new URL('ephemeral.ts', import.meta.url));
    const script = `import(${JSON.stringify(entry)}).then((m) => m.startControlPlane({ name: '${name}' })).then(() => console.log('up')); setInterval(() => {}, 1000)`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => owner.stdout.once('data', resolve));
    const { dir } = clusterOf(name);
    expect(markedProcesses(dir).length).toBeGreaterThan(1);

    owner.kill('SIGKILL');

    await waitFor({ what: 'the cluster being removed', timeoutMs: 30_000 }, () =>
      clusterNames().includes(name) ? undefined : true,
    );
    await waitFor({ what: 'the end of its processes', timeoutMs: 30_000 }, () =>
      markedProcesses(dir).length === 0 ? true : undefined,
    );
  });
});

/** The answer's status for the administrator's client certificate, without the token. */
function statusOverCertificate(
  plane: { url: string; caPem: string; adminCertificatePem: string; adminKeyPem: string },
  path: string,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { ca: plane.caPem, cert: plane.adminCertificatePem, key: plane.adminKeyPem };
    const outgoing = request(`${plane.url}${path}`, options, (incoming) => {
      incoming.resume();
      incoming.on('end', () => {
        resolve(incoming.statusCode);
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
