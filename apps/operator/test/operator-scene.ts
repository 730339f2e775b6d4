import { readFileSync } from 'node:fs';
import { createKubeTransport, staticTokenCredential } from '@meshery/kube';
import type { KubeTransport } from '@meshery/kube';
import { createReconcileMetrics } from '@meshery/kube/reconcile';
import type { Condition, ReconcileMetrics } from '@meshery/kube/reconcile';
import { createLogger, createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Registry } from '@meshery/observability';
import { KubeAdmin, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane, KubeAnswer, KubeObject } from '@meshery/testing';
import { parseAllDocuments } from 'yaml';
import { Operator } from '../src/operator.ts';

const definitions = ['meshery.io_brokers.yaml', 'meshery.io_meshsyncs.yaml'];
const collection = (plural: string, namespace: string): string =>
  `/apis/meshery.io/v1alpha2/namespaces/${namespace}/${plural}`;

/** One of our objects as the API has it. */
export interface Conditioned extends KubeObject {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly endpoint?: { readonly internal?: string; readonly external?: string };
    readonly tls?: { readonly mode?: string; readonly caSecret?: string };
    readonly probe?: Readonly<Record<string, string>>;
    readonly observedGeneration?: number;
    readonly 'publishing-to'?: string;
  };
}

/** A real API server without nodes, with our kinds: statuses of workloads are written by the test. */
export class OperatorScene {
  readonly plane: ControlPlane;
  readonly admin: KubeAdmin;

  private constructor(plane: ControlPlane) {
    this.plane = plane;
    this.admin = new KubeAdmin(plane);
  }

  static async start(): Promise<OperatorScene> {
    const scene = new OperatorScene(await startControlPlane());
    for (const name of definitions) {
      const text = readFileSync(new URL(`../../../deploy/crds/${name}`, import.meta.url), 'utf8');
      for (const document of parseAllDocuments(text)) {
        await scene.admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', document.toJS() as object);
      }
    }
    await waitUntil({ what: 'our kinds', timeoutMs: 60_000 }, async () => {
      const answers = await Promise.all(['brokers', 'meshsyncs'].map((kind) => scene.raw(collection(kind, 'default'))));
      return answers.every(({ status }) => status === 200);
    });
    return scene;
  }

  async stop(): Promise<void> {
    this.admin.close();
    await this.plane.stop();
  }

  raw(path: string): Promise<KubeAnswer> {
    return this.admin.send({ path });
  }

  /** An operator of this cluster; the caller stops it. */
  operator(options: { readonly identity?: string; readonly leaseNamespace?: string } = {}): RunningOperator {
    return new RunningOperator(this.plane, options);
  }

  async create(plural: 'brokers' | 'meshsyncs', name: string, spec: object, metadata: object = {}): Promise<void> {
    const kind = plural === 'brokers' ? 'Broker' : 'MeshSync';
    const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name, ...metadata }, spec };
    await this.admin.create(collection(plural, 'default'), object);
  }

  read(plural: 'brokers' | 'meshsyncs', name: string): Promise<Conditioned> {
    return this.admin.json<Conditioned>({ path: `${collection(plural, 'default')}/${name}` });
  }

  async patch(plural: 'brokers' | 'meshsyncs', name: string, change: object): Promise<void> {
    await this.admin.patch(`${collection(plural, 'default')}/${name}`, change);
  }

  async remove(plural: 'brokers' | 'meshsyncs', name: string): Promise<void> {
    await this.admin.delete(`${collection(plural, 'default')}/${name}`);
  }

  /** Waits until a condition has this status (and reason). */
  async condition(
    plural: 'brokers' | 'meshsyncs',
    name: string,
    wanted: { readonly type: string; readonly status: string; readonly reason?: string },
  ): Promise<Conditioned> {
    let last: Conditioned | undefined;
    const said = (): string => JSON.stringify(last?.status?.conditions);
    await waitUntil({ what: `${wanted.type}=${wanted.status} of ${name}`, timeoutMs: 60_000 }, async () => {
      last = await this.read(plural, name);
      const found = last.status?.conditions?.find(({ type }) => type === wanted.type);
      return found?.status === wanted.status && (wanted.reason ?? found.reason) === found.reason;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}; its conditions: ${said()}`);
    });
    if (last === undefined) throw new Error('nothing was read');
    return last;
  }

  /** Says of a workload what its controller and a node would say. */
  async ready(plural: 'statefulsets' | 'deployments', name: string, replicas = 1): Promise<void> {
    const path = `/apis/apps/v1/namespaces/default/${plural}/${name}`;
    await waitUntil(
      { what: `${plural} ${name}`, timeoutMs: 60_000 },
      async () => (await this.raw(path)).status === 200,
    );
    const { metadata } = await this.admin.json<KubeObject & { metadata: { generation: number } }>({ path });
    const counts = { replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas };
    await this.admin.patch(`${path}/status`, { status: { observedGeneration: metadata.generation, ...counts } });
  }

  /** One text of a Secret; undefined when it is not there. */
  async secret(name: string, key: string): Promise<string | undefined> {
    const { status, body } = await this.raw(`/api/v1/namespaces/default/secrets/${name}`);
    if (status !== 200) return undefined;
    const { data = {} } = JSON.parse(body.toString('utf8')) as { readonly data?: Readonly<Record<string, string>> };
    const text = data[key];
    return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
  }
}

/** An operator in this process, with what it wrote. */
export class RunningOperator {
  /** "verb plural" of each request that may change something, in order; Leases are left out. */
  readonly writes: string[] = [];
  readonly registry: Registry;
  readonly #operator: Operator;

  constructor(plane: ControlPlane, options: { readonly identity?: string; readonly leaseNamespace?: string }) {
    this.registry = createMetricsRegistry({ service: 'operator', version: '0', defaults: false });
    const metrics = createReconcileMetrics(this.registry, 'meshery_operator', ['broker', 'meshsync']);
    const counted: ReconcileMetrics = {
      ...metrics,
      written: (verb, resource) => {
        metrics.written(verb, resource);
        if (resource !== 'leases') this.writes.push(`${verb} ${resource}`);
      },
    };
    this.#operator = new Operator({
      transport: adminTransport(plane),
      clock: systemClock,
      random: Math.random,
      logger: createLogger({ service: 'operator', level: 'silent' }),
      metrics: counted,
      images: {
        meshsync: 'x/meshsync:0.1.0',
        nats: 'x/nats:2.15.2',
        reloader: 'x/reloader:1',
        exporter: 'x/exporter:1',
      },
      credentialOverlapMs: 600_000,
      identity: options.identity ?? 'one',
      leaseNamespace: options.leaseNamespace,
    });
    this.#operator.start();
  }

  /** Sum of the series of a metric whose labels contain these texts. */
  async metric(name: string, ...labels: readonly string[]): Promise<number> {
    const lines = (await this.registry.metrics()).split('\n').filter((line) => line.startsWith(name));
    const wanted = lines.filter((line) => labels.every((label) => line.includes(label)));
    return wanted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  stop(): Promise<void> {
    return this.#operator.stop();
  }
}

/** A way to the API server as its administrator; whoever gets it closes it. */
export function adminTransport({ url, caPem, adminToken }: ControlPlane): KubeTransport {
  const access = {
    contextName: 'test',
    clusterName: 'test',
    server: url,
    ca: caPem,
    cert: undefined,
    key: undefined,
    tlsServerName: undefined,
    insecureSkipTlsVerify: false,
    proxyUrl: undefined,
    credential: staticTokenCredential(adminToken),
  };
  return createKubeTransport(access, { clock: systemClock, maxCallConnections: 4 });
}
