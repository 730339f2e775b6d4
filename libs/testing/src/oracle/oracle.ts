import type { InventoryClient } from '../client/inventory-client.ts';
import { RunningTime } from '../wait/running-time.ts';
import { ClusterView, type ListableResource } from './cluster-view.ts';
import { type StateDiff, describeDiff, diffStates, isEqual } from './object-key.ts';

/** What the oracle compares. */
export interface OracleOptions {
  /** Kubeconfig of the real API server, not of a proxy. */
  readonly kubeconfig: string;
  /** The present client of the server: a restarted server has another one. */
  readonly client: () => InventoryClient;
  /** Uid of namespace kube-system; the only cluster of the server unless told. */
  readonly clusterId?: string;
  /** Resource keys that need not be in the store (forbidden to the agent, or left out by its watch list). */
  readonly except?: readonly string[];
}

/** How the last comparison ended. */
export interface Comparison {
  readonly equal: boolean;
  readonly objects: number;
  readonly diff: StateDiff;
  /** Kinds that the API server serves and the store does not call synced, as "key: state". */
  readonly notSynced: readonly string[];
}

/** Between two comparisons of a wait; a comparison itself takes about a second. */
const PAUSE_MS = 200;

/**
 * Says whether the store holds exactly what the cluster holds. It reads the cluster through the real kubectl and the
 * store through REST, and shares no code with the discovery engine.
 */
export class Oracle {
  readonly #options: OracleOptions;
  readonly #view: ClusterView;

  private constructor(options: OracleOptions, view: ClusterView) {
    this.#options = options;
    this.#view = view;
  }

  /** Makes one; close it when done. */
  static async open(options: OracleOptions): Promise<Oracle> {
    return new Oracle(options, await ClusterView.open(options.kubeconfig));
  }

  /** Ends what it started. */
  close(): Promise<void> {
    return this.#view.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Compares once. A cluster that changes meanwhile gives a difference: stop writing first. */
  async compare(): Promise<Comparison> {
    const client = this.#options.client();
    const all = await this.#view.resources();
    const resources = all.filter(({ key }) => !this.#isExcepted(key));
    const clusterId = await this.#clusterId();
    const [cluster, store, notSynced] = await Promise.all([
      this.#view.states(resources),
      client.states(clusterId),
      this.#notSynced(clusterId, resources),
    ]);
    const excepted = new Set(all.filter(({ key }) => this.#isExcepted(key)).map(typeOf));
    const diff = diffStates(
      cluster,
      store.filter((state) => !excepted.has(typeOf(state))),
    );
    return { equal: isEqual(diff) && notSynced.length === 0, objects: cluster.length, diff, notSynced };
  }

  /**
   * Compares until both are equal; rejects with a readable difference after `timeoutMs`. Returns how long it took; both
   * without what stalls of this machine take.
   */
  async expectInSync(timeoutMs: number): Promise<Comparison & { readonly tookMs: number }> {
    using time = new RunningTime();
    let last: Comparison | undefined;
    let lastError: unknown;
    do {
      try {
        last = await this.compare();
        lastError = undefined;
        if (last.equal) return { ...last, tookMs: time.elapsedMs };
      } catch (error) {
        lastError = error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } while (time.elapsedMs < timeoutMs);
    throw new Error(`not in sync within ${String(timeoutMs / 1000)} s:\n${describeFailure(last, lastError)}`, {
      cause: lastError,
    });
  }

  async #clusterId(): Promise<string> {
    if (this.#options.clusterId !== undefined) return this.#options.clusterId;
    const { clusters } = await this.#options.client().clusters();
    const [only, ...others] = clusters;
    if (only === undefined || others.length > 0) {
      throw new Error(`the server knows ${String(clusters.length)} clusters, and one was expected`);
    }
    return only.id;
  }

  async #notSynced(clusterId: string, resources: readonly ListableResource[]): Promise<string[]> {
    const { clusters } = await this.#options.client().clusters();
    const kinds = new Map(clusters.find(({ id }) => id === clusterId)?.kinds.map((kind) => [kind.resource, kind]));
    return resources
      .filter(({ key }) => kinds.get(key)?.state !== 'synced')
      .map(({ key }) => `${key}: ${kinds.get(key)?.state ?? 'unknown to the store'}`);
  }

  #isExcepted(key: string): boolean {
    return this.#options.except?.includes(key) ?? false;
  }
}

function typeOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${apiVersion} ${kind}`;
}

function describeFailure(last: Comparison | undefined, error: unknown): string {
  if (error instanceof Error) return `the last comparison failed: ${error.message}`;
  if (last === undefined) return 'nothing was compared';
  const kinds = last.notSynced.length === 0 ? '' : `kinds not in sync: ${last.notSynced.join('; ')}\n`;
  return `${kinds}${describeDiff(last.diff)}`;
}
