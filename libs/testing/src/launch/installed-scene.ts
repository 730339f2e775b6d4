import { fileURLToPath } from 'node:url';
import { InventoryClient } from '../client/inventory-client.ts';
import { httpRequest } from '../client/http.ts';
import { waitUntil } from '../wait/wait-until.ts';
import { NodeCluster } from './node-cluster.ts';
import type { NodeClusterOptions } from './node-cluster.ts';
import { resolveBinary, runCommand, runCommandAnyway } from './tools.ts';

const deploy = fileURLToPath(new URL('../../../../deploy', import.meta.url));

/** One of the two things that are installed; its chart has another name than its kustomization. */
export type Part = 'operator' | 'server';

/** The folder of a part for Kustomize. */
export function kustomization(part: Part | 'remote-provider'): string {
  return `${deploy}/kustomize/${part}`;
}

/** The folder of its chart. */
export function chart(part: Part): string {
  return `${deploy}/helm/${chartName(part)}`;
}

/** Name of the chart, and of its release here. */
export function chartName(part: Part): string {
  return part === 'operator' ? 'meshery-operator' : 'meshery';
}

/** How the product gets into a cluster. */
export type Installer = 'kustomize' | 'helm';

/** What a scene has from the beginning. */
export interface SceneOptions extends NodeClusterOptions {
  /** Names of the images that are needed; all unless told. */
  readonly images?: readonly string[];
}

const namespace = 'meshery';
const READY_MS = 120_000;
/** The servers of a broker may take a minute to end. */
const REMOVED = '180s';
/** Of a command, beyond what it waits for itself: which of the two ends a wait that is late must not be chance. */
const COMMAND_MS = 2 * READY_MS;
const adminSecret = `/api/v1/namespaces/${namespace}/secrets/meshery-initial-admin`;

/** Kinds of which an installation makes objects outside of its namespace. */
const clusterKinds = 'namespaces,customresourcedefinitions,clusterroles,clusterrolebindings';

/** A cluster with nodes and our images, where the product is installed as users install it, with no other rights. */
export class InstalledScene {
  readonly cluster: NodeCluster;

  private constructor(cluster: NodeCluster) {
    this.cluster = cluster;
  }

  static async start({ images = [], ...options }: SceneOptions = {}): Promise<InstalledScene> {
    const cluster = await NodeCluster.start(options);
    try {
      await cluster.importImages(...images);
      return new InstalledScene(cluster);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }

  kubectl(...args: string[]): Promise<string> {
    const all = ['--kubeconfig', this.cluster.kubeconfigPath, ...args];
    return runCommand('kubectl', all, { timeoutMs: COMMAND_MS });
  }

  /** One file of an installation, to apply it alone. */
  fileOf(part: Part, name: string): string {
    return `${kustomization(part)}/${name}`;
  }

  async install(part: Part, installer: Installer): Promise<void> {
    if (installer === 'kustomize') {
      await this.kubectl('apply', '-k', kustomization(part));
      return;
    }
    await this.#helm('install', chartName(part), chart(part), '--create-namespace');
  }

  async uninstall(part: Part, installer: Installer): Promise<void> {
    if (installer === 'kustomize') await this.kubectl('delete', '-k', kustomization(part), `--timeout=${REMOVED}`);
    else await this.#helm('uninstall', chartName(part), '--wait', '--timeout', REMOVED);
  }

  /** Waits until a condition of a custom resource holds. */
  async holds(resource: string, condition = 'Ready'): Promise<void> {
    await this.kubectl(
      '-n',
      namespace,
      'wait',
      resource,
      `--for=condition=${condition}`,
      `--timeout=${String(READY_MS / 1000)}s`,
    );
  }

  /** Signs in as the first owner does, with the one-time code of the Secret. */
  async signIn(): Promise<InventoryClient> {
    const url = `http://${await this.#serverAddress()}:9081`;
    const token = await waitUntil({ what: 'the first sign-in', timeoutMs: READY_MS }, async () => {
      const { status, body } = await this.cluster.admin.send({ path: adminSecret });
      if (status !== 200) return undefined;
      const { data } = JSON.parse(body.toString('utf8')) as { readonly data: { readonly code: string } };
      const code = Buffer.from(data.code, 'base64').toString('utf8');
      const headers = { 'content-type': 'application/json' };
      const answer = await httpRequest(`${url}/auth/local`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ code }),
      });
      return answer.status === 200
        ? (JSON.parse(answer.body.toString('utf8')) as { readonly token: string }).token
        : undefined;
    });
    return new InventoryClient(url, token);
  }

  /** The same client for the server's present pod. */
  async reach(client: InventoryClient): Promise<InventoryClient> {
    const { authorization = '' } = client.headers;
    client.close();
    const url = `http://${await this.#serverAddress()}:9081`;
    return new InventoryClient(url, authorization.replace('Bearer ', ''));
  }

  /** What an installation left behind: names of everything with our label, and of our namespace. */
  async leftovers(): Promise<readonly string[]> {
    const labelled = await this.kubectl('get', clusterKinds, '-l', 'app.kubernetes.io/part-of=meshery', '-o', 'name');
    const own = await runCommandAnyway('kubectl', [
      ...['--kubeconfig', this.cluster.kubeconfigPath],
      ...['get', 'namespace', namespace, '-o', 'name', '--ignore-not-found'],
    ]);
    return `${labelled}\n${own.stdout}`.split('\n').filter((line) => line !== '');
  }

  /** Why something is not as it should be, for failures. */
  async explain(): Promise<string> {
    const said = await runCommandAnyway('kubectl', [
      ...['--kubeconfig', this.cluster.kubeconfigPath, '-n', namespace],
      ...['get', 'pods,brokers,meshsyncs,events', '-o', 'wide'],
    ]);
    return said.stdout;
  }

  async #serverAddress(): Promise<string> {
    const selector = 'app.kubernetes.io/name=meshery';
    await this.kubectl(
      '-n',
      namespace,
      'rollout',
      'status',
      'deployment/meshery',
      `--timeout=${String(READY_MS / 1000)}s`,
    );
    return this.kubectl('-n', namespace, 'get', 'pods', '-l', selector, '-o', 'jsonpath={.items[0].status.podIP}');
  }

  async #helm(...args: string[]): Promise<void> {
    const all = [...args, '--kubeconfig', this.cluster.kubeconfigPath, '--namespace', namespace];
    await runCommand(await resolveBinary('helm'), all, { timeoutMs: COMMAND_MS });
  }
}
