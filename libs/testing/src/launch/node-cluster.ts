import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeAccess } from '../kube/kube-admin.ts';
import { KubeAdmin } from '../kube/kube-admin.ts';
import { makeTempDir } from '../process/temp-dir.ts';
import { waitUntil } from '../wait/wait-until.ts';
import {
  type CommitBuild,
  buildCommit,
  buildImages,
  composeImage,
  down,
  importImageArchive,
  libraryEntries,
  resolveBinary,
  sayNothing as say,
  setNodeConnected,
  sharedLibraries,
  up,
} from './tools.ts';

/** A pod whose only container, `main`, runs a shell script. */
export interface ShellPod {
  readonly name: string;
  readonly namespace?: string;
  /** For `/bin/sh -c`; `cat`, `sleep`, `stty` and `/probe`, an HTTP server on port 8080, are there as well. */
  readonly script: string;
}

/**
 * A script whose output is more than any window between container and reader holds. It ends after 8 MiB: output without
 * end would cost the container runtime a whole processor for as long as the cluster is there.
 */
export const floodScript = [
  'line=xxxxxxxxxxxxxxxx',
  'for times in 1 2 3 4 5 6 7; do line=$line$line; done',
  'n=0; while [ $n -lt 4096 ]; do n=$((n + 1)); echo $line; done',
  'exec sleep 1000000',
].join('; ');

/** What kind of cluster. */
export interface NodeClusterOptions {
  /** One unless told. */
  readonly nodes?: 1 | 2 | 3;
  /** Whether NetworkPolicies hold; without, they are stored and nothing more. */
  readonly networkPolicies?: boolean;
}

interface AdminKubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<'server' | 'certificate-authority-data', string>> }];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

const IMAGE = 'meshery.local/shell:v1.0.0';
const PROGRAMS = ['/bin/sh', '/bin/cat', '/bin/sleep', '/bin/stty'];
const POD_TIMEOUT_MS = 120_000;

/** A real cluster with nodes, on which pods run. Needs root. Stop it when done. */
export class NodeCluster {
  readonly name: string;
  readonly kubeconfigPath: string;
  readonly access: KubeAccess;
  readonly admin: KubeAdmin;

  private constructor(name: string, kubeconfigPath: string) {
    this.name = name;
    this.kubeconfigPath = kubeconfigPath;
    this.access = accessOf(kubeconfigPath);
    this.admin = new KubeAdmin(this.access);
  }

  /** Starts one, of one node unless told, whose nodes have an image with a shell: about 15 seconds. */
  static async start({ nodes = 1, networkPolicies = false }: NodeClusterOptions = {}): Promise<NodeCluster> {
    const name = `test-${randomBytes(4).toString('hex')}`;
    try {
      const kubeconfigPath = await up({ name, nodes, networkPolicies, say });
      await importShell(name);
      return new NodeCluster(name, kubeconfigPath);
    } catch (error) {
      await down({ name, say });
      throw error;
    }
  }

  /** Creates a pod and waits until its script runs, or has ended. */
  async run({ name, namespace = 'default', script }: ShellPod): Promise<void> {
    const collection = `/api/v1/namespaces/${namespace}/pods`;
    const container = { name: 'main', image: IMAGE, imagePullPolicy: 'Never', command: ['/bin/sh', '-c', script] };
    const spec = { restartPolicy: 'Never', terminationGracePeriodSeconds: 0, containers: [container] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
    // The controller makes the account of a namespace a moment after it.
    await waitUntil({ what: `the account of namespace ${namespace}`, timeoutMs: POD_TIMEOUT_MS }, async () => {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
      return (await this.admin.send({ path })).status === 200;
    });
    await this.admin.create(collection, pod);
    await waitUntil({ what: `pod ${name} to run`, timeoutMs: POD_TIMEOUT_MS }, async () => {
      const { status } = await this.admin.json<{ status: { phase?: string } }>({ path: `${collection}/${name}` });
      return status.phase === 'Running' || status.phase === 'Succeeded';
    });
  }

  /** Cuts a node (by its number, from 1) off from everything, or connects it again. */
  setNodeConnected(number: number, connected: boolean): Promise<void> {
    return setNodeConnected(this.name, number, connected);
  }

  /** Brings images of this project to the nodes, all of them when none is named; answers their references by name. */
  async importImages(...names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const images = await buildImages({ names, say });
    for (const image of images) await importImageArchive(image.archive, this.name);
    return new Map(images.map(({ name, reference }) => [name, reference]));
  }

  /** Builds an earlier commit of this repository and brings its images to the nodes. */
  async importCommit(commit: string): Promise<CommitBuild> {
    const built = await buildCommit(commit);
    for (const archive of built.archives) await importImageArchive(archive, this.name);
    return built;
  }

  /** Ends everything and removes the data. */
  async stop(): Promise<void> {
    this.admin.close();
    await down({ name: this.name, say });
  }
}

function accessOf(kubeconfigPath: string): KubeAccess {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfigPath, 'utf8')) as AdminKubeconfig;
  const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
  return { url: server, caPem: Buffer.from(ca, 'base64').toString(), adminToken: users[0].user.token };
}

/** This machine's own shell, and what it needs. */
async function importShell(cluster: string): Promise<void> {
  const program = (path: string, from: string) => ({ path, content: readFileSync(realpathSync(from)), mode: 0o755 });
  const files = [
    ...PROGRAMS.map((path) => program(path.slice(1), path)),
    program('probe', await resolveBinary('probe', { say })),
    ...libraryEntries(await sharedLibraries(PROGRAMS)),
  ];
  const dir = makeTempDir('shell-image');
  try {
    const archive = join(dir.path, 'shell.tar');
    writeFileSync(archive, composeImage({ name: IMAGE, files, entrypoint: ['/bin/sh'], user: '65532:65532' }));
    await importImageArchive(archive, cluster);
  } finally {
    dir.remove();
  }
}
