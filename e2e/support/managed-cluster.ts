import { join } from 'node:path';
import {
  type ControlPlane,
  KubeAdmin,
  type KubeObject,
  OperatorProcess,
  type OperatorProcessOptions,
  type TempDir,
  WorkloadPlayer,
  makeTempDir,
  minimalControllers,
  runCommand,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { kustomization } from './installation.ts';
import { WriteLog } from './write-log.ts';

/** Our kinds. */
export type Plural = 'brokers' | 'meshsyncs';

/** metav1.Condition, as far as tests look at it. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** One of our objects as the API has it. */
export interface Managed extends KubeObject {
  readonly metadata: KubeObject['metadata'] & {
    readonly generation: number;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}

/** What marks the objects that an operator made. */
export const managedSelector = 'app.kubernetes.io/managed-by=meshery-operator';

const SETTLE_MS = 60_000;

/** How an operator of the cluster is started. */
export interface OperatorLaunch extends Pick<OperatorProcessOptions, 'identity' | 'leaseNamespace' | 'watchStallMs'> {
  /** ServiceAccount of namespace meshery that it runs as. */
  readonly account?: string;
  /** Another address of the API server, such as that of a proxy. */
  readonly server?: string;
}

/**
 * A real control plane on which the operator is installed as users install it; its pod does not run, as there is no
 * node. Operators run as processes with exactly the rights of their ServiceAccount, and workloads are played.
 */
export class ManagedCluster {
  readonly plane: ControlPlane;
  readonly admin: KubeAdmin;
  readonly writeLog: WriteLog;
  readonly player: WorkloadPlayer;
  readonly #dir: TempDir = makeTempDir('managed');

  private constructor(plane: ControlPlane, writeLog: WriteLog) {
    this.plane = plane;
    this.writeLog = writeLog;
    this.admin = new KubeAdmin(plane);
    this.player = new WorkloadPlayer(this.admin, managedSelector);
  }

  static async start(): Promise<ManagedCluster> {
    const log = new WriteLog();
    const controllers = [...minimalControllers, 'garbage-collector-controller'];
    const plane = await startControlPlane({ controllers, apiServerArgs: log.apiServerArgs });
    const cluster = new ManagedCluster(plane, log);
    await cluster.install();
    return cluster;
  }

  async stop(): Promise<void> {
    await this.player.stop();
    this.admin.close();
    await this.plane.stop();
    this.writeLog.remove();
    this.#dir.remove();
  }

  /** Applies what users apply, and waits until our kinds are served. */
  async install(): Promise<void> {
    await this.kubectl('apply', '-k', kustomization('operator'));
    await waitUntil({ what: 'our kinds', timeoutMs: 60_000 }, async () => {
      const all = await Promise.all(
        ['brokers', 'meshsyncs'].map((kind) => this.admin.send({ path: everywhere(kind) })),
      );
      return all.every(({ status }) => status === 200);
    });
  }

  kubectl(...args: string[]): Promise<string> {
    // Longer than anything that kubectl itself is told to wait.
    return runCommand('kubectl', ['--kubeconfig', this.plane.kubeconfigPath, ...args], { timeoutMs: 120_000 });
  }

  /** An operator, not started yet; the caller stops it. */
  async operator(launch: OperatorLaunch = {}): Promise<OperatorProcess> {
    const { account = 'meshery-operator', server = this.plane.url, ...options } = launch;
    const token = await this.#tokenOf(account);
    const path = join(this.#dir.path, `${account}-${new URL(server).port}`);
    const kubeconfig = writeKubeconfig({ path, server, caPem: this.plane.caPem, token });
    return OperatorProcess.create({ kubeconfig, metricsToken: this.plane.adminToken, ...options });
  }

  /** An operator that is ready. */
  async startOperator(launch: OperatorLaunch = {}): Promise<OperatorProcess> {
    const operator = await this.operator(launch);
    await operator.service.up();
    await operator.service.ready();
    return operator;
  }

  /** Another ServiceAccount with the rights of the operator. */
  async addAccount(name: string): Promise<void> {
    await this.kubectl('-n', 'meshery', 'create', 'serviceaccount', name);
    const subject = `--serviceaccount=meshery:${name}`;
    await this.kubectl('create', 'clusterrolebinding', name, '--clusterrole=meshery-operator', subject);
  }

  async addNamespace(name: string): Promise<void> {
    await this.admin.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }

  /** Makes one of our objects; `metadata` may name another namespace than default. */
  async create(
    plural: Plural,
    name: string,
    spec: object,
    metadata: { namespace?: string } & object = {},
  ): Promise<void> {
    const kind = plural === 'brokers' ? 'Broker' : 'MeshSync';
    const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name, ...metadata }, spec };
    await this.admin.create(place(plural, metadata.namespace), object);
  }

  /** Merges a change into one of our objects. */
  async change(plural: Plural, name: string, change: object, namespace?: string): Promise<Managed> {
    return (await this.admin.patch(`${place(plural, namespace)}/${name}`, change)) as Managed;
  }

  async remove(plural: Plural, name: string, namespace?: string): Promise<void> {
    await this.admin.delete(`${place(plural, namespace)}/${name}`);
  }

  read(plural: Plural, name: string, namespace?: string): Promise<Managed> {
    return this.admin.json<Managed>({ path: `${place(plural, namespace)}/${name}` });
  }

  /** All objects of one of our kinds. */
  async all(plural: Plural): Promise<readonly Managed[]> {
    return (await this.admin.json<{ readonly items: readonly Managed[] }>({ path: everywhere(plural) })).items;
  }

  /** Waits until every object of ours is ready for its newest spec; gives how long that took, in ms. */
  async settled(timeoutMs = SETTLE_MS): Promise<number> {
    const startedAt = performance.now();
    let left: readonly string[] = [];
    const explain = (): string => left.join('\n');
    await waitUntil({ what: 'every object being ready', timeoutMs, explain }, async () => {
      const objects = [...(await this.all('brokers')), ...(await this.all('meshsyncs'))];
      left = objects.filter((object) => !isReady(object)).map(describe);
      return left.length === 0;
    });
    return performance.now() - startedAt;
  }

  /** What is left to do ends soon: waits until nothing was written for 5 s. */
  async quiet(): Promise<void> {
    let before = Number.NaN;
    const explain = (): string => JSON.stringify(this.writeLog.read().slice(-10));
    await waitUntil({ what: '5 s without a write', timeoutMs: SETTLE_MS, everyMs: 5_000, explain }, () => {
      const since = before;
      before = this.writeLog.read().length;
      return before === since;
    });
  }

  /** Waits until a condition has this status (and reason). */
  async condition(
    plural: Plural,
    name: string,
    wanted: Pick<Condition, 'type' | 'status'> & { reason?: string },
  ): Promise<Condition> {
    let last: Managed | undefined;
    const explain = (): string => (last === undefined ? 'it was never read' : describe(last));
    return waitUntil(
      { what: `${wanted.type}=${wanted.status} of ${name}`, timeoutMs: SETTLE_MS, explain },
      async () => {
        last = await this.read(plural, name);
        const found = last.status?.conditions?.find(({ type }) => type === wanted.type);
        const same = found?.status === wanted.status && (wanted.reason ?? found.reason) === found.reason;
        return same ? found : undefined;
      },
    );
  }

  /** One text of a Secret; undefined when it is not there. */
  async secret(name: string, key: string, namespace = 'default'): Promise<string | undefined> {
    const { status, body } = await this.admin.send({ path: `/api/v1/namespaces/${namespace}/secrets/${name}` });
    if (status !== 200) return undefined;
    const { data = {} } = JSON.parse(body.toString('utf8')) as { readonly data?: Readonly<Record<string, string>> };
    return data[key] === undefined ? undefined : Buffer.from(data[key], 'base64').toString('utf8');
  }

  async #tokenOf(account: string): Promise<string> {
    const path = `/api/v1/namespaces/meshery/serviceaccounts/${account}/token`;
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 86_400 } };
    const { status } = await this.admin.json<KubeObject & { readonly status: { readonly token: string } }>({
      method: 'POST',
      path,
      body,
    });
    return status.token;
  }
}

/** Path of a kind of ours in a namespace. */
export function place(plural: Plural, namespace = 'default'): string {
  return `/apis/meshery.io/v1alpha2/namespaces/${namespace}/${plural}`;
}

function everywhere(plural: string): string {
  return `/apis/meshery.io/v1alpha2/${plural}`;
}

/** Ready, and that is said of the spec as it is. */
export function isReady({ metadata, status }: Managed): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing')?.status !== 'False';
  return ready && !progressing && status.observedGeneration === metadata.generation;
}

function describe({ kind, metadata, status }: Managed): string {
  const words = status?.conditions?.map(
    ({ type, status: holds, reason, message }) => `${type}=${holds} ${reason}: ${message}`,
  );
  const seen = `generation ${String(metadata.generation)}, seen ${String(status?.observedGeneration)}`;
  return `${kind ?? 'object'} ${metadata.name}: ${seen}; ${words?.join('; ') ?? 'no conditions'}`;
}
