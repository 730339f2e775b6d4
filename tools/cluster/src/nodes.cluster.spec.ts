import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveBinary } from '../../setup/src/binaries.ts';
import { sayNothing } from '../../setup/src/progress.ts';
import { runCommand } from '../../setup/src/run-command.ts';
import { type ClusterRecord, clusterDir, readRecord } from './state.ts';
import { down } from './down.ts';
import { setNodeConnected } from './faults.ts';
import { importImageArchive } from './images.ts';
import { composeImage } from './oci-image.ts';
import { markedProcesses } from './processes.ts';
import { status } from './status.ts';
import { up } from './up.ts';
import { waitFor } from './wait.ts';

const say = sayNothing;
const name = `spec-${randomBytes(4).toString('hex')}`;
const IMAGE = 'meshery.local/probe:v1.0.0';
const TIMEOUT_MS = 240_000;

interface PodFacts {
  readonly address: string;
  readonly node: string;
}

const kubectl = (...args: string[]): Promise<string> =>
  runCommand('kubectl', ['--kubeconfig', join(clusterDir(name), 'kubeconfig'), ...args]);

function record(): ClusterRecord {
  const found = readRecord(clusterDir(name));
  if (found === undefined) throw new Error(`${name} has no record`);
  return found;
}

function objects(): unknown[] {
  const labels = { app: 'probe' };
  const container = {
    name: 'probe',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    readinessProbe: { httpGet: { path: '/whoami', port: 8080 }, periodSeconds: 1 },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  const spread = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: labels },
  };
  const template = {
    metadata: { labels },
    spec: { containers: [container], volumes, topologySpreadConstraints: [spread] },
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Mi' } } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'probe' },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'probe' },
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ];
}

async function pods(): Promise<PodFacts[]> {
  const list = JSON.parse(await kubectl('get', 'pods', '-l', 'app=probe', '-o', 'json')) as {
    items: { status: { podIP: string }; spec: { nodeName: string } }[];
  };
  return list.items.map((item) => ({ address: item.status.podIP, node: item.spec.nodeName }));
}

/** Asks the probe in a pod; the host has a route to every pod. */
async function ask(pod: PodFacts | undefined, path: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(`http://${pod?.address ?? ''}:8080${path}`, {
    ...init,
    signal: AbortSignal.timeout(10_000),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${path} was answered ${String(answer.status)}: ${JSON.stringify(body)}`);
  return body;
}

/** What the probe answers as soon as it does: names and Services come to a node a moment after their pods are ready. */
function askUntil(pod: PodFacts | undefined, path: string): Promise<unknown> {
  return waitFor({ what: `an answer to ${path}`, timeoutMs: 60_000 }, () => ask(pod, path).catch(() => undefined));
}

async function rollOut(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'meshery-spec-'));
  try {
    const program = readFileSync(await resolveBinary('probe', { say }));
    const archive = join(folder, 'probe.tar');
    const files = [{ path: 'probe', content: program, mode: 0o755 }];
    writeFileSync(archive, composeImage({ name: IMAGE, files, entrypoint: ['/probe'], user: '65532:65532' }));
    expect(await importImageArchive(archive, name)).toEqual([`${name}-node-1`, `${name}-node-2`]);
    const manifest = join(folder, 'objects.json');
    writeFileSync(manifest, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects() }));
    await kubectl('apply', '-f', manifest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a cluster with two nodes', () => {
  afterAll(() => down({ name, say }), TIMEOUT_MS);

  test(
    'comes up with ready nodes, DNS and a default StorageClass',
    async () => {
      await up({ name, nodes: 2, say });
      expect(await status(name)).toMatchObject({ healthy: true, nodes: 2 });
      const classes = await kubectl('get', 'storageclass', '-o', 'name');
      expect(classes.trim()).toBe('storageclass.storage.k8s.io/standard');
    },
    TIMEOUT_MS,
  );

  test(
    'runs pods of a locally composed image, spread over the nodes, on a bound claim',
    async () => {
      await rollOut();
      await kubectl('rollout', 'status', 'deployment/probe', '--timeout=180s');
      expect((await pods()).map((pod) => pod.node).sort()).toEqual([`${name}-node-1`, `${name}-node-2`]);
      expect(await kubectl('get', 'pvc', 'data', '-o', 'jsonpath={.status.phase}')).toBe('Bound');
    },
    TIMEOUT_MS,
  );

  test('answers names, Services and pods on the other node, from inside of a pod', async () => {
    const [first, second] = await pods();
    const service = await kubectl('get', 'service', 'probe', '-o', 'jsonpath={.spec.clusterIP}');
    expect(await askUntil(first, '/lookup?name=probe.default.svc.cluster.local')).toEqual([service]);
    expect(await askUntil(first, '/lookup?name=kubernetes.default')).toEqual(['10.96.0.1']);
    expect(await askUntil(first, `/fetch?url=http://probe.default/whoami`)).toHaveProperty('name');
    expect(await askUntil(first, `/fetch?url=http://${second?.address ?? ''}:8080/whoami`)).toMatchObject({
      from: first?.address,
    });
  });

  test('gives both pods the same volume', async () => {
    const [first, second] = await pods();
    await ask(first, '/file?path=/data/note', { method: 'PUT', body: 'kept' });
    expect(await ask(second, '/file?path=/data/note')).toBe('kept');
  });

  test('answers logs and exec of a pod through the API server', async () => {
    expect(await kubectl('logs', 'deployment/probe')).toContain('probe listens');
    await expect(kubectl('exec', 'deployment/probe', '--', '/no-such-program')).rejects.toThrow('no such file');
  });

  test('reaches no pod of a node that is cut off, until it is connected again', async () => {
    const far = (await pods()).find((pod) => pod.node === `${name}-node-2`);
    await setNodeConnected(name, 2, false);
    await expect(ask(far, '/whoami')).rejects.toThrow();
    await setNodeConnected(name, 2, true);
    await waitFor({ what: 'the pod answering', timeoutMs: 30_000 }, () =>
      ask(far, '/whoami').then(
        () => true,
        () => undefined,
      ),
    );
    await expect(setNodeConnected(name, 3, false)).rejects.toThrow('has no node 3');
  });

  test(
    'heals when every program of a node is killed',
    async () => {
      const killed = ((await status(name))?.processes ?? []).filter((process) => process.name.endsWith('-1'));
      expect(killed).toHaveLength(3);
      for (const { pid } of killed) process.kill(pid ?? 0, 'SIGKILL');
      await waitFor({ what: 'their end', timeoutMs: 30_000 }, async () =>
        (await status(name))?.healthy === false ? true : undefined,
      );
      await up({ name, say });
      expect(await status(name)).toMatchObject({ healthy: true });
      expect(await askUntil((await pods())[0], '/lookup?name=kubernetes.default')).toEqual(['10.96.0.1']);
    },
    TIMEOUT_MS,
  );

  test(
    'leaves nothing behind',
    async () => {
      const { slot } = record();
      const dir = clusterDir(name);
      await down({ name, say });
      expect(markedProcesses(dir)).toEqual([]);
      expect(existsSync(dir)).toBe(false);
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(name);
      expect(await runCommand('ip', ['-brief', 'link'])).not.toContain(`meshery${String(slot)}`);
      expect(existsSync('/run/netns') ? readdirSync('/run/netns').filter((entry) => entry.includes(name)) : []).toEqual(
        [],
      );
      expect(await runCommand('iptables', ['-S'])).not.toContain(name);
      expect(await runCommand('iptables', ['-t', 'nat', '-S'])).not.toContain(name);
      expect(await runCommand('ip', ['route'])).not.toContain(`meshery${String(slot)}`);
      expect(await runCommand('find', ['/sys/fs/cgroup', '-name', `*${name}*`])).toBe('');
    },
    TIMEOUT_MS,
  );
});
