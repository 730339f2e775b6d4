import { type NatsConnection, type NodeConnectionOptions, connect } from '@nats-io/transport-node';
import { type KubeObject, waitUntil } from '@meshery/testing';
import { InstalledScene } from '@meshery/testing';
import type { SceneOptions } from '@meshery/testing';

/** One of our resources, or something that the operator made, as the API has it. */
export interface Resource extends KubeObject {
  readonly metadata: KubeObject['metadata'] & { readonly generation?: number };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly endpoint?: { readonly internal?: string };
    readonly probe?: Readonly<Record<string, string>>;
    readonly readyServers?: number;
    readonly observedGeneration?: number;
    /** Of pods. */
    readonly podIP?: string;
  };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** An object as "plural/name", and its namespace: that of the installation unless told. */
export interface Place {
  readonly resource: string;
  readonly namespace?: string;
}

/** What a condition should be. */
export interface WantedCondition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: RegExp;
}

/** Where a broker's server is, and who asks. */
export interface Access {
  readonly namespace?: string;
  /** Beginning of the names of the Broker's objects. */
  readonly base?: string;
  /** Number of the server. */
  readonly server?: number;
  /** End of the name of the Secret with the credentials. */
  readonly secret?: 'auth' | 'bridge';
}

/** The part of a client's options that is about TLS. */
export interface Trust {
  readonly tls?: { readonly ca: string; readonly servername: string };
}

/** How a scene is set up. */
export interface BrokerSceneOptions extends SceneOptions {
  /** Settings of the operator. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A pod with Node in it. */
export interface ScenePod {
  readonly labels?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  /** Sources of volumes, by where they are mounted. */
  readonly volumes?: Readonly<Record<string, object>>;
}

const idle = ['node', '-e', 'setInterval(() => undefined, 1e6)'];
const home = 'meshery';
const READY_MS = 180_000;
const image = 'localhost/meshery-ts/operator:0.1.0';

/** Brokers on real nodes, made by the installed operator, and those who talk to them. */
export class BrokerScene {
  readonly installed: InstalledScene;
  readonly #clients: NatsConnection[] = [];

  private constructor(installed: InstalledScene) {
    this.installed = installed;
  }

  /** Starts the cluster, installs the operator and a pod from which addresses can be asked. */
  static async start(options: BrokerSceneOptions = {}): Promise<BrokerScene> {
    const scene = new BrokerScene(await InstalledScene.start(options));
    try {
      await scene.installed.install('operator', 'kustomize');
      const settings = Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`);
      if (settings.length > 0)
        await scene.kubectl('-n', home, 'set', 'env', 'deployment/meshery-operator', ...settings);
      await scene.pod('asker', { labels: { 'app.kubernetes.io/part-of': 'meshery' } });
      return scene;
    } catch (error) {
      await scene.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.installed.stop();
  }

  kubectl(...args: string[]): Promise<string> {
    return this.installed.kubectl(...args);
  }

  async namespace(name: string): Promise<void> {
    await this.installed.cluster.admin.create('/api/v1/namespaces', { metadata: { name } });
  }

  async create(kind: 'Broker' | 'MeshSync', name: string, spec: object, namespace = home): Promise<void> {
    const collection = `/apis/meshery.io/v1alpha2/namespaces/${namespace}/${kind.toLowerCase()}s`;
    await this.installed.cluster.admin.create(collection, {
      apiVersion: 'meshery.io/v1alpha2',
      kind,
      metadata: { name },
      spec,
    });
  }

  async patch(place: Place, change: object): Promise<void> {
    await this.installed.cluster.admin.patch(pathOf(place), change);
  }

  read<T extends Resource = Resource>(place: Place): Promise<T> {
    return this.installed.cluster.admin.json<T>({ path: pathOf(place) });
  }

  /** Waits until a condition is as wanted; answers its message. */
  async condition(place: Place, wanted: WantedCondition, timeoutMs = READY_MS): Promise<string> {
    let last: readonly Condition[] = [];
    const found = await waitUntil(
      {
        what: `${wanted.type}=${wanted.status} of ${place.resource}`,
        timeoutMs,
        explain: async () => `${JSON.stringify(last)}\n${await this.installed.explain()}`,
      },
      async () => {
        last = (await this.read(place)).status?.conditions ?? [];
        return last.find(
          ({ type, status, reason, message }) =>
            type === wanted.type &&
            status === wanted.status &&
            reason === (wanted.reason ?? reason) &&
            (wanted.message ?? /^/).test(message),
        );
      },
    );
    return found.message;
  }

  /** Waits until a Broker is ready with this many servers, as its newest generation wants it. */
  async ready(place: Place, servers: number): Promise<void> {
    await waitUntil(
      {
        what: `${place.resource} with ${servers} servers`,
        timeoutMs: READY_MS,
        explain: () => this.installed.explain(),
      },
      async () => {
        const { status, metadata } = await this.read(place);
        const isReady = status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True');
        return isReady && status?.readyServers === servers && status.observedGeneration === metadata.generation;
      },
    );
  }

  async secret(name: string, key: string, namespace = home): Promise<string> {
    const { data = {} } = await this.read({ resource: `secrets/${name}`, namespace });
    return Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  }

  /** What a URL answers to a pod of another namespace with the label of our parts. */
  async ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.inPod(
      `fetch('${url}',${JSON.stringify({ headers })}).then((a)=>a.text()).then((t)=>process.stdout.write(t))`,
    );
  }

  /** Runs a script of Node in that pod, or in another one; answers what it prints. */
  inPod(script: string, pod = 'asker'): Promise<string> {
    return this.kubectl('exec', pod, '--', 'node', '-e', script);
  }

  async podAddress(pod: string, namespace = home): Promise<string> {
    return (await this.read({ resource: `pods/${pod}`, namespace })).status?.podIP ?? '';
  }

  /** A client of one server of a Broker; ended with the scene. */
  async client(access: Access = {}, options: NodeConnectionOptions = {}): Promise<NatsConnection> {
    const { namespace = home, base = 'meshery-nats', server = 0, secret = 'bridge' } = access;
    const login = loginOf(await this.secret(`${base}-${secret}`, 'token', namespace));
    const servers = `${await this.podAddress(`${base}-${String(server)}`, namespace)}:4222`;
    return this.connect({ servers, ...login, ...(await this.trust(access)), ...options });
  }

  /** What a client needs to trust a Broker; nothing when it has no TLS. */
  async trust({ namespace = home, base = 'meshery-nats' }: Access = {}): Promise<Trust> {
    const { status } = await this.installed.cluster.admin.send({
      path: pathOf({ resource: `secrets/${base}-ca`, namespace }),
    });
    if (status === 404) return {};
    return {
      tls: { ca: await this.secret(`${base}-ca`, 'ca.crt', namespace), servername: `${base}.${namespace}.svc` },
    };
  }

  /** A client with options of its own; ended with the scene. */
  async connect(options: NodeConnectionOptions): Promise<NatsConnection> {
    const connection = await connect({ timeout: 30_000, reconnect: false, ...options });
    this.#clients.push(connection);
    return connection;
  }

  /** Starts a pod in namespace default, which does nothing by itself unless told. */
  async pod(name: string, { labels = {}, command = idle, volumes = {} }: ScenePod = {}): Promise<void> {
    const places = Object.keys(volumes).map((mountPath, index) => ({ mountPath, name: `volume-${String(index)}` }));
    const container = { name: 'main', image, imagePullPolicy: 'Never', command, volumeMounts: places };
    const spec = {
      ...{ terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers: [container] },
      volumes: places.map((place) => ({ name: place.name, ...volumes[place.mountPath] })),
    };
    const metadata = { name, labels };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
    await this.installed.cluster.admin.create('/api/v1/namespaces/default/pods', pod);
    await this.kubectl('wait', `pod/${name}`, '--for=condition=Ready', '--timeout=120s');
  }
}

const groups: Readonly<Record<string, string>> = {
  brokers: '/apis/meshery.io/v1alpha2',
  meshsyncs: '/apis/meshery.io/v1alpha2',
  deployments: '/apis/apps/v1',
  statefulsets: '/apis/apps/v1',
  poddisruptionbudgets: '/apis/policy/v1',
};

function pathOf({ resource, namespace = home }: Place): string {
  const [plural = ''] = resource.split('/');
  return `${groups[plural] ?? '/api/v1'}/namespaces/${namespace}/${resource}`;
}

/** What a client shows of a Secret's text: USER:PASSWORD, or a token. */
export function loginOf(text: string): NodeConnectionOptions {
  const colon = text.indexOf(':');
  return colon < 0 ? { token: text } : { user: text.slice(0, colon), pass: text.slice(colon + 1) };
}
