import { MesheryError, toMesheryError } from '@meshery/errors';
import {
  ApiServerGate,
  ResourceStream,
  Semaphore,
  backoffDelay,
  createKubeTransport,
  defaultStreamConfig,
  readClusterId,
} from '@meshery/kube';
import type { KubeTransport, StreamOutcome } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import type { LinkSpec, SourceCondition } from '../sources/link-source.ts';
import { BrokerFollower } from './broker-follower.ts';
import type { BrokerFollowerDeps } from './broker-follower.ts';
import type { Vantage } from './broker-endpoint.ts';
import type { ClusterApi } from './port-forward.ts';
import { BrokerSink } from './broker-sink.ts';
import type { BrokerObject } from './broker-object.ts';
import { findBrokers } from './find-brokers.ts';
import type { ClusterEntry } from './cluster-entry.ts';

/** What the watches of all clusters share. */
export interface ClusterWatchDeps extends Pick<BrokerFollowerDeps, 'clock' | 'random' | 'logger'> {
  /** Where Brokers are looked for when all namespaces are not allowed. */
  readonly namespace: string;
  readonly vantage: Omit<Vantage, 'inCluster'>;
  /** Bounds first attempts, and later ones apart from them: clusters that are known to be bad keep no other waiting. */
  readonly first: Semaphore;
  readonly again: Semaphore;
}

interface Followed {
  readonly follower: BrokerFollower;
  readonly stop: AbortController;
}

/** Milliseconds between two attempts to reach a cluster, growing. */
const retry = { minMs: 1000, maxMs: 30_000 };
/** Milliseconds until a cluster must have told its identity and its Brokers. */
const connectMs = 10_000;

/** Follows the Brokers of one cluster for ever. Links that were found stay while the API server is out of reach. */
export class ClusterWatch {
  readonly #entry: ClusterEntry;
  readonly #deps: ClusterWatchDeps;
  readonly #onChange: () => void;
  readonly #followed = new Map<string, Followed>();
  #clusterId: string | undefined;
  #api: ClusterApi | undefined;
  #condition: SourceCondition | undefined;
  #failures = 0;

  constructor(entry: ClusterEntry, deps: ClusterWatchDeps, onChange: () => void) {
    this.#entry = entry;
    this.#deps = deps;
    this.#onChange = onChange;
  }

  links(): readonly LinkSpec[] {
    return [...this.#followed.values()].flatMap(({ follower }) => follower.link ?? []);
  }

  /** Of the cluster, by its name, and of its Brokers, by the names of their links. */
  conditions(): readonly (readonly [string, SourceCondition])[] {
    const { name } = this.#entry;
    const own = this.#condition === undefined ? [] : [[name, this.#condition] as const];
    const brokers = [...this.#followed].flatMap(([key, { follower }]) =>
      follower.condition === undefined ? [] : [[`${name}/${key}`, follower.condition] as const],
    );
    return [...own, ...brokers];
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#deps;
    try {
      while (!signal.aborted) {
        await this.#session(signal);
        this.#failures += 1;
        await clock.sleep(backoffDelay(this.#failures, retry, random), signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#forgetAll();
    }
  }

  /** From a connection to its end, whatever ends it. */
  async #session(signal: AbortSignal): Promise<void> {
    let transport: KubeTransport | undefined;
    try {
      const access = await this.#entry.access();
      const options = { clock: this.#deps.clock, connectTimeoutMs: connectMs / 2, callTimeoutMs: connectMs };
      transport = createKubeTransport(access, { ...options, maxStreamConnections: 2 });
      const client = new KubeClient({ transport, clock: this.#deps.clock });
      const path = await this.#connect(transport, client, signal);
      this.#api = { client, access };
      await this.#watch(transport, path, signal);
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toMesheryError(error);
      this.#setCondition({ code, reason: message });
    } finally {
      this.#api = undefined;
      await transport?.close();
    }
  }

  /** The collection of Brokers to watch, once the cluster is known to be the same as before. */
  async #connect(transport: KubeTransport, client: KubeClient, signal: AbortSignal): Promise<string> {
    const turns = this.#failures === 0 ? this.#deps.first : this.#deps.again;
    await turns.acquire(signal);
    try {
      const either = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
      const clusterId = await readClusterId(transport, either);
      if (clusterId !== this.#clusterId) this.#forgetAll();
      this.#clusterId = clusterId;
      if (clusterId !== (this.#entry.clusterId ?? clusterId)) throw anotherCluster();
      return await findBrokers(client, this.#deps.namespace, either);
    } finally {
      turns.release();
    }
  }

  /** Rejects when the stream cannot go on as it is: a new session may find another way. */
  async #watch(transport: KubeTransport, path: string, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#deps;
    const ended = new AbortController();
    let trouble: StreamOutcome | undefined;
    const sink = new BrokerSink({
      onBroker: (broker) => {
        this.#follow(broker, signal);
      },
      onGone: (key) => {
        this.#forget(key);
      },
      known: () => this.#followed.keys(),
      onLive: () => {
        this.#failures = 0;
        this.#setCondition(undefined);
      },
      onTrouble: (outcome) => {
        trouble = outcome;
        ended.abort();
      },
    });
    const gate = new ApiServerGate({ transport, clock, random });
    const config = { ...defaultStreamConfig, lists: 'pages' as const };
    const snapshots = new Semaphore(1);
    const options = { transport, gate, clock, random, config, snapshots, path, metadataOnly: false, sink };
    await new ResourceStream(options).run(AbortSignal.any([signal, ended.signal]));
    if (trouble !== undefined) throw watchError(trouble);
  }

  #follow(broker: BrokerObject, signal: AbortSignal): void {
    const known = this.#followed.get(broker.key);
    if (known !== undefined) {
      known.follower.update(broker);
      return;
    }
    const { clock, random, logger, vantage } = this.#deps;
    const stop = new AbortController();
    const follower = new BrokerFollower(broker, {
      clock,
      random,
      logger,
      clusterName: this.#entry.name,
      clusterId: this.#clusterId ?? '',
      vantage: { ...vantage, inCluster: this.#entry.inCluster },
      api: () => this.#api,
      onChange: this.#onChange,
    });
    this.#followed.set(broker.key, { follower, stop });
    follower.run(AbortSignal.any([signal, stop.signal])).catch((error: unknown) => {
      logger.error({ err: error, broker: broker.key }, 'a Broker is not followed any more');
    });
  }

  #forget(key: string): void {
    this.#followed.get(key)?.stop.abort();
    if (this.#followed.delete(key)) this.#onChange();
  }

  #forgetAll(): void {
    for (const key of [...this.#followed.keys()]) this.#forget(key);
  }

  #setCondition(condition: SourceCondition | undefined): void {
    if (condition?.reason === this.#condition?.reason) return;
    this.#condition = condition;
    this.#onChange();
  }
}

function anotherCluster(): MesheryError {
  return new MesheryError('meshery-messaging-1505', 'Behind this address is another cluster than the expected one.', {
    probableCause: 'The cluster was made anew, or the address leads to another one from here.',
    remedy: 'Test the connection, or upload the kubeconfig of the cluster again.',
  });
}

function watchError({ end, reason, message, error }: StreamOutcome): MesheryError {
  const said = `Brokers cannot be watched (${reason}): ${message}`;
  if (error !== undefined) return toMesheryError(error);
  if (end !== 'forbidden') return new MesheryError('meshery-kube-1312', said);
  return new MesheryError(reason === 'Unauthorized' ? 'meshery-kube-1304' : 'meshery-kube-1308', said);
}
