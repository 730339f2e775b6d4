import { join } from 'node:path';
import {
  ApiInterceptor,
  type ControlPlane,
  KubeAdmin,
  MesheryServer,
  Oracle,
  SeededRandom,
  type ServerLaunchOptions,
  TcpFaultProxy,
  type TempDir,
  bulkLoad,
  configMapObject,
  loadItem,
  makeTempDir,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { Recorder } from './recorder.ts';

/** How the server reaches the API server. */
export type Route =
  /** Through a TCP proxy: TLS passes, faults hit connections. */
  | 'tcp'
  /** Through a proxy that speaks HTTP: faults hit requests and bodies. */
  | 'http';

/** How a server is started on a scene. */
export interface ServeOptions extends ServerLaunchOptions {
  /** Token of the agent, where it is not the administrator; only on the route `tcp`. */
  readonly token?: string;
  /** Resource keys that need not be in sync at the start. */
  readonly except?: readonly string[];
}

const IN_SYNC_MS = 60_000;

/** A control plane with objects in it, shared by the tests of one file. Stop it when done. */
export class EmbeddedScene {
  readonly plane: ControlPlane;
  readonly admin: KubeAdmin;
  readonly dir: TempDir = makeTempDir('e2e');
  readonly random = new SeededRandom(42);
  #names = 0;

  private constructor(plane: ControlPlane) {
    this.plane = plane;
    this.admin = new KubeAdmin(plane, 20);
  }

  /** Starts the control plane and puts `objects` ConfigMaps into it. */
  static async start(objects = 300): Promise<EmbeddedScene> {
    const scene = new EmbeddedScene(await startControlPlane());
    await scene.fill(objects);
    return scene;
  }

  /** Creates ConfigMaps of 1 to 4 KB with text beyond ASCII. */
  async fill(objects: number): Promise<void> {
    const items = Array.from({ length: objects }, () => loadItem(this.configMap(this.random.between(1_000, 4_000))));
    await bulkLoad(this.admin, items, 20);
  }

  /** A ConfigMap with a name of its own. */
  configMap(bytes = 500): ReturnType<typeof configMapObject> {
    this.#names += 1;
    const labels = { 'e2e/part': `part-${String(this.#names % 7)}` };
    const object = configMapObject(
      { name: `object-${String(this.#names)}`, namespace: 'default', labels },
      this.random,
      bytes,
    );
    return { ...object, metadata: { ...object.metadata, annotations: { note: 'größer ✓ 運用 👩‍🚀' } } };
  }

  /** Starts a server that reaches this cluster through a proxy, and waits until it is in sync. */
  async serve(route: Route, { token, except, ...options }: ServeOptions = {}): Promise<ServedScene> {
    const undo = new AsyncDisposableStack();
    try {
      const tcp = route === 'tcp' ? undo.use(await this.#startTcp()) : undefined;
      const http = route === 'http' ? undo.use(await ApiInterceptor.start(this.plane)) : undefined;
      const kubeconfig = this.#kubeconfig({ tcp, http, token: token ?? this.plane.adminToken });
      const server = undo.use(await MesheryServer.start({ ...options, kubeconfig }));
      const direct = { kubeconfig: this.plane.kubeconfigPath, client: () => server.client };
      const oracle = undo.use(await Oracle.open({ ...direct, ...(except === undefined ? {} : { except }) }));
      await oracle.expectInSync(IN_SYNC_MS);
      return new ServedScene({ server, oracle, tcp, http, kubeconfig: direct.kubeconfig, undo: undo.move() });
    } finally {
      await undo.disposeAsync();
    }
  }

  #startTcp(): Promise<TcpFaultProxy> {
    return TcpFaultProxy.start({ targetPort: Number(new URL(this.plane.url).port) });
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    this.admin.close();
    await this.plane.stop();
    this.dir.remove();
  }

  #kubeconfig({ tcp, http, token }: Pick<ServedParts, 'tcp' | 'http'> & { readonly token: string }): string {
    const port = tcp?.port ?? http?.port ?? 0;
    const path = join(this.dir.path, `kubeconfig-${String(port)}`);
    if (http !== undefined) return writeKubeconfig({ path, server: http.url });
    return writeKubeconfig({ path, server: `https://127.0.0.1:${String(port)}`, caPem: this.plane.caPem, token });
  }
}

interface ServedParts {
  readonly server: MesheryServer;
  readonly oracle: Oracle;
  readonly tcp: TcpFaultProxy | undefined;
  readonly http: ApiInterceptor | undefined;
  /** The way to the API server that has no faults. */
  readonly kubeconfig: string;
  /** Ends all of these. */
  readonly undo: AsyncDisposableStack;
}

/** A server in sync with the scene, an oracle that asks both, and a recorder that looks all the time. */
export class ServedScene {
  readonly server: MesheryServer;
  readonly oracle: Oracle;
  readonly recorder: Recorder;
  readonly #parts: ServedParts;

  constructor(parts: ServedParts) {
    this.#parts = parts;
    this.server = parts.server;
    this.oracle = parts.oracle;
    const { url } = parts.server;
    const [metricsUrl, readyUrl] = [`${url}/metrics`, `${url}/healthz/ready`];
    this.recorder = new Recorder(
      () => parts.server.client,
      [
        {
          name: 'server',
          process: () => parts.server.process,
          logPath: parts.server.service.logPath,
          metricsUrl,
          readyUrl,
        },
      ],
    ).start();
  }

  get tcp(): TcpFaultProxy {
    if (this.#parts.tcp === undefined) throw new Error('this server is not behind the TCP proxy');
    return this.#parts.tcp;
  }

  get http(): ApiInterceptor {
    if (this.#parts.http === undefined) throw new Error('this server is not behind the interceptor');
    return this.#parts.http;
  }

  /** An oracle that leaves nothing out. */
  strictOracle(): Promise<Oracle> {
    return Oracle.open({ kubeconfig: this.#parts.kubeconfig, client: () => this.server.client });
  }

  /** Waits until a condition was seen. */
  async sees(condition: RegExp, timeoutMs = 60_000): Promise<void> {
    await waitUntil(
      {
        what: `a condition like ${String(condition)}`,
        timeoutMs,
        explain: () => [...this.recorder.conditions].filter((text) => !/ (synced|syncing)\//.test(text)).join('\n'),
      },
      () => [...this.recorder.conditions].some((text) => condition.test(text)),
    );
  }

  /** Ends the server, its oracle and its proxy. */
  async stop(): Promise<void> {
    await this.recorder.end();
    await this.#parts.undo.disposeAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
