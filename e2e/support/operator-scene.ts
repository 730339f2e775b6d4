import {
  ClusterView,
  type ControlPlane,
  KubeAdmin,
  type KubeManifest,
  OperatorStack,
  type OperatorStackOptions,
  Oracle,
  SeededRandom,
  bulkLoad,
  configMapObject,
  loadItem,
  startControlPlane,
} from '@meshery/testing';
import { Recorder } from './recorder.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const IN_SYNC_MS = 60_000;

/** A control plane with objects in it, to which stacks of agent, broker, bridge and server are attached. */
export class OperatorScene {
  readonly plane: ControlPlane;
  readonly admin: KubeAdmin;
  readonly clusterId: string;
  readonly #random = new SeededRandom(77);
  #names = 0;

  private constructor(plane: ControlPlane, clusterId: string) {
    this.plane = plane;
    this.clusterId = clusterId;
    this.admin = new KubeAdmin(plane, 20);
  }

  /** Starts the control plane and puts `objects` ConfigMaps into it. */
  static async start(objects = 200): Promise<OperatorScene> {
    const plane = await startControlPlane();
    await using view = await ClusterView.open(plane.kubeconfigPath);
    const scene = new OperatorScene(plane, await view.clusterId());
    const items = Array.from({ length: objects }, () => loadItem(scene.configMap()));
    await bulkLoad(scene.admin, items, 20);
    return scene;
  }

  /** A ConfigMap with a name of its own. */
  configMap(bytes = 1_000): KubeManifest {
    this.#names += 1;
    return configMapObject({ name: `object-${String(this.#names)}`, namespace: 'default' }, this.#random, bytes);
  }

  /** Creates, changes and deletes some objects; gives the names of the deleted ones. */
  async churn(rounds = 12): Promise<string[]> {
    const deleted: string[] = [];
    for (let index = 0; index < rounds; index += 1) {
      const { metadata } = await this.admin.create(CONFIG_MAPS, this.configMap());
      const path = `${CONFIG_MAPS}/${metadata.name}`;
      await this.admin.patch(path, { data: { changed: String(index) } });
      if (index % 3 !== 0) continue;
      await this.admin.delete(path);
      deleted.push(metadata.name);
    }
    return deleted;
  }

  /** Starts a stack and waits until it is in sync. */
  async attach(options: Partial<OperatorStackOptions> = {}): Promise<AttachedStack> {
    const all = { kubeconfig: this.plane.kubeconfigPath, clusterId: this.clusterId, ...options };
    const undo = new AsyncDisposableStack();
    try {
      const stack = undo.use(await OperatorStack.start(all));
      const client = () => stack.server.client;
      const oracle = undo.use(await Oracle.open({ kubeconfig: this.plane.kubeconfigPath, client }));
      await oracle.expectInSync(IN_SYNC_MS);
      return new AttachedStack({ stack, oracle, options: all, undo: undo.move() });
    } finally {
      await undo.disposeAsync();
    }
  }

  /** Ends the control plane. */
  async stop(): Promise<void> {
    this.admin.close();
    await this.plane.stop();
  }
}

interface AttachedParts {
  readonly stack: OperatorStack;
  readonly oracle: Oracle;
  readonly options: OperatorStackOptions;
  /** Ends all of these. */
  readonly undo: AsyncDisposableStack;
}

/** A stack in sync, with its oracle and a recorder that looks all the time. */
export class AttachedStack {
  readonly stack: OperatorStack;
  readonly oracle: Oracle;
  readonly options: OperatorStackOptions;
  readonly recorder: Recorder;

  readonly #undo: AsyncDisposableStack;

  constructor({ stack, oracle, options, undo }: AttachedParts) {
    this.stack = stack;
    this.oracle = oracle;
    this.options = options;
    this.#undo = undo;
    const { server, bridge, meshsync, bridgeUrl, meshsyncUrl } = stack;
    const services = [
      { name: 'server', url: server.url, service: server.service, ready: '/healthz/ready' },
      { name: 'bridge', url: bridgeUrl, service: bridge, ready: '/healthz/ready' },
      { name: 'meshsync', url: meshsyncUrl, service: meshsync, ready: '/readyz' },
    ];
    this.recorder = new Recorder(
      () => server.client,
      services.map(({ name, url, service, ready }) => ({
        name,
        process: () => service.process,
        logPath: service.logPath,
        metricsUrl: `${url}/metrics`,
        readyUrl: `${url}${ready}`,
      })),
    ).start();
  }

  /** Ends everything of the stack. */
  async stop(): Promise<void> {
    await this.recorder.end();
    await this.#undo.disposeAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
