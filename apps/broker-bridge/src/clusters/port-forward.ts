import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { MesheryError, toMesheryError } from '@meshery/errors';
import type { ClusterAccess } from '@meshery/kube';
import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';
import type { Clock, Logger } from '@meshery/observability';
import type { BrokerObject } from './broker-object.ts';

/** How a cluster is spoken to now. */
export interface ClusterApi {
  readonly client: KubeClient;
  readonly access: ClusterAccess;
}

/** What a PortForward needs. */
export interface PortForwardDeps {
  readonly broker: BrokerObject;
  /** Asked at each connection; undefined while the API server is out of reach. */
  readonly api: () => ClusterApi | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

interface Pod extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type?: string; readonly status?: string }[] };
}

const pods: ResourceType = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };
const brokerPort = 4222;
/** Milliseconds between two attempts when one failed. */
const retryMs = 2000;

/**
 * A port of this machine, on loopback, each of whose connections goes through the API server to a ready pod of a broker.
 * A pod is picked for each connection, so a client that connects again finds another one when its pod died.
 */
export class PortForward {
  readonly #deps: PortForwardDeps;
  readonly #server: Server;
  readonly #stop = new AbortController();
  #fault: MesheryError | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;

  private constructor(deps: PortForwardDeps) {
    this.#deps = deps;
    this.#server = createServer((socket) => {
      this.#serve(socket).catch((error: unknown) => {
        this.#failed(error);
      });
    });
  }

  /** Begins to listen; `close` ends it. */
  static async open(deps: PortForwardDeps): Promise<PortForward> {
    const forward = new PortForward(deps);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    forward.#server.once('error', reject).listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    return forward;
  }

  /** "127.0.0.1:port"; the same until it is closed. */
  get endpoint(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Why the newest connection could not be made. */
  get fault(): MesheryError | undefined {
    return this.#fault;
  }

  close(): void {
    this.#stop.abort(new Error('the port-forward is closed'));
    this.#server.close();
  }

  async #serve(socket: Socket): Promise<void> {
    const { signal } = this.#stop;
    // Its fate is seen where it is read and written; until then nobody else listens.
    socket.on('error', () => undefined);
    try {
      const upstream = await this.#connect(signal);
      this.#fault = undefined;
      await Promise.all([pipeline(socket, upstream, { signal }), pipeline(upstream, socket, { signal })]);
    } finally {
      socket.destroy();
    }
  }

  async #connect(signal: AbortSignal) {
    const { clock, broker, api } = this.#deps;
    const wait = this.#failedAt + retryMs - clock.monotonic();
    if (wait > 0) await clock.sleep(wait, signal);
    const cluster = api();
    if (cluster === undefined) throw new MesheryError('meshery-kube-1303', 'The API server is out of reach.');
    const { portForward } = await import('@meshery/kube/streams');
    const pod = await this.#readyPod(cluster.client, signal);
    return portForward(cluster.access, { namespace: broker.namespace, pod, port: brokerPort }, signal);
  }

  async #readyPod(client: KubeClient, signal: AbortSignal): Promise<string> {
    const { namespace, base, key } = this.#deps.broker;
    const labelSelector = `app.kubernetes.io/name=nats,app.kubernetes.io/instance=${base}`;
    const ready = (await client.list<Pod>(pods, { namespace, labelSelector }, signal)).filter(isReady);
    const pod = ready[Math.floor(this.#deps.random() * ready.length)];
    if (pod !== undefined) return pod.metadata.name;
    throw new MesheryError('meshery-messaging-1509', `No pod of the Broker ${key} is ready.`, {
      probableCause: 'The broker is starting, or cannot be scheduled.',
      remedy: `Look at its pods: kubectl get pods -n ${namespace} -l ${labelSelector}.`,
      details: { broker: key },
    });
  }

  #failed(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    this.#failedAt = this.#deps.clock.monotonic();
    this.#fault = toMesheryError(error);
    this.#deps.logger.debug({ err: error, broker: this.#deps.broker.key }, 'a forwarded connection ended');
  }
}

function isReady({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;
  return ready && metadata.deletionTimestamp === undefined;
}
