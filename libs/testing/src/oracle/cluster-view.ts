import { spawn } from 'node:child_process';
import { KubectlProxy } from './kubectl-proxy.ts';
import type { ObjectState } from './object-key.ts';

/** One listable resource as the API server's own documents name it. */
export interface ListableResource {
  /** "<plural>.<version>.<group>"; the core group leaves a trailing dot. */
  readonly key: string;
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
}

interface ApiGroupList {
  readonly groups: readonly {
    readonly name: string;
    readonly versions: readonly { readonly version: string }[];
    readonly preferredVersion: { readonly version: string };
  }[];
}

interface ApiResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[];
}

interface ObjectList {
  readonly items:
    | readonly {
        readonly metadata: Omit<ObjectState, 'apiVersion' | 'kind' | 'namespace'> & { readonly namespace?: string };
      }[]
    | null;
}

/** Kinds that discovery leaves out unless a watch list names them. */
const excluded = new Set(['events', 'leases']);
const KUBECTL_TIMEOUT_MS = 60_000;

/** Runs `kubectl get --raw` and gives the bytes; rejects with what kubectl said. */
export function kubectlRaw(kubeconfig: string, path: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const args = ['--kubeconfig', kubeconfig, 'get', '--raw', path];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: KUBECTL_TIMEOUT_MS });
  const out: Buffer[] = [];
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  child.on('error', (cause) => {
    reject(new Error('kubectl cannot be started; install it (Debian: the package of pkgs.k8s.io)', { cause }));
  });
  child.on('close', (code) => {
    if (code === 0) resolve(Buffer.concat(out));
    else reject(new Error(`kubectl get --raw ${path}: ${Buffer.concat(said).toString('utf8').trim()}`));
  });
  return promise;
}

/** What a cluster holds, read through the real kubectl only. Close it when done. */
export class ClusterView {
  readonly #kubectl: KubectlProxy;

  private constructor(kubectl: KubectlProxy) {
    this.#kubectl = kubectl;
  }

  /** Opens a view of the cluster that a kubeconfig names. */
  static async open(kubeconfig: string): Promise<ClusterView> {
    return new ClusterView(await KubectlProxy.start(kubeconfig));
  }

  /** Uid of namespace kube-system. */
  async clusterId(): Promise<string> {
    const { metadata } = await this.#json<{ readonly metadata: { readonly uid: string } }>(
      '/api/v1/namespaces/kube-system',
    );
    return metadata.uid;
  }

  /** Every resource that can be listed and watched, one version of each, without the default exclusion. */
  async resources(): Promise<ListableResource[]> {
    const { groups } = await this.#json<ApiGroupList>('/apis');
    const core = await this.#groupResources('', ['v1']);
    const named = await Promise.all(
      groups.map((group) => {
        const preferred = group.preferredVersion.version;
        const others = group.versions.map(({ version }) => version).filter((version) => version !== preferred);
        return this.#groupResources(group.name, [preferred, ...others]);
      }),
    );
    return [...core, ...named.flat()].sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  /** The state of every object of some resources. */
  async states(resources: readonly ListableResource[]): Promise<ObjectState[]> {
    const lists = await Promise.all(resources.map((resource) => this.#listStates(resource)));
    return lists.flat();
  }

  /** Ends kubectl. */
  close(): Promise<void> {
    return this.#kubectl.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The resources of one group, each in the first of the versions that serves it. */
  async #groupResources(group: string, versions: readonly string[]): Promise<ListableResource[]> {
    const found = new Map<string, ListableResource>();
    for (const version of versions) {
      const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const { resources } = await this.#json<ApiResourceList>(root);
      for (const { name, kind } of resources.filter(isListable)) {
        if (found.has(name)) continue;
        found.set(name, { key: `${name}.${version}.${group}`, path: `${root}/${name}`, apiVersion, kind });
      }
    }
    return [...found.values()];
  }

  async #listStates({ path, apiVersion, kind }: ListableResource): Promise<ObjectState[]> {
    const { items } = await this.#json<ObjectList>(path);
    return (items ?? []).map(({ metadata: { namespace = '', name, uid, resourceVersion } }) => ({
      apiVersion,
      kind,
      namespace,
      name,
      uid,
      resourceVersion,
    }));
  }

  async #json<T>(path: string): Promise<T> {
    return JSON.parse((await this.#kubectl.get(path)).toString('utf8')) as T;
  }
}

function isListable({ name, verbs }: { readonly name: string; readonly verbs: readonly string[] }): boolean {
  return !name.includes('/') && verbs.includes('list') && verbs.includes('watch') && !excluded.has(name);
}
