import type { ClusterAccess } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import type { ClusterSource } from '../discovery/cluster-sources.ts';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import { HostedDeployment } from './hosted-deployment.ts';
import type { HostedDeploymentParts } from './hosted-deployment.ts';
import type { RequestContext } from '@meshery/observability';
import type { Parent } from './part-connections.ts';
import type { Goal } from './operator-records.ts';

type Shared = Omit<HostedDeploymentParts, 'onCluster'>;

/** The operators of the clusters that are in operator mode: one owner for each. */
export class OperatorDeployments {
  readonly #shared: Shared;
  readonly #hosted = new Map<string, HostedDeployment>();
  readonly #listeners: ((id: string, clusterId: string) => void)[] = [];
  readonly #leaving = new Set<Promise<void>>();
  #isClosed = false;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Calls back whenever the cluster of a connection was reached, for the life of the process. */
  onCluster(listener: (id: string, clusterId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Deploys the operator and keeps it deployed. */
  deploy(connection: Connection, source: ClusterSource): void {
    this.#want('deployed', connection, source);
  }

  /** Removes what was deployed for a connection, unless it is to be kept; where nothing was, nothing happens. */
  withdraw(connection: Connection, source: ClusterSource, options: { readonly isLast?: boolean } = {}): void {
    this.#want(connection.metadata['keepOperator'] === true ? 'left' : 'removed', connection, source, options);
  }

  /** Keeps the operator deployed that another server was asked for. */
  follow(connection: Connection, source: ClusterSource): void {
    if (this.#hosted.get(connection.id)?.goal !== 'deployed') this.deploy(connection, source);
  }

  /** Looks no more after an operator, because another server was asked to remove it. */
  leave(connectionId: string): void {
    const hosted = this.#hosted.get(connectionId);
    if (hosted?.goal !== 'deployed') return;
    this.#hosted.delete(connectionId);
    const closing = hosted.close().finally(() => this.#leaving.delete(closing));
    this.#leaving.add(closing);
  }

  /** Forgets the parts of a cluster whose connection is gone: nobody has the credential to remove them with. */
  forgetParts(ctx: RequestContext, parent: Parent): Promise<void> {
    return this.#shared.partConnections.remove(ctx, parent);
  }

  /** What is wrong with operators that are wanted. */
  conditions(): readonly ClusterCondition[] {
    return [...this.#hosted.values()].flatMap((hosted) => hosted.condition() ?? []);
  }

  /** The way to the API server of a cluster in operator mode; undefined for others. */
  async accessTo(clusterId: string): Promise<ClusterAccess | undefined> {
    return [...this.#hosted.values()].find((hosted) => hosted.clusterId === clusterId)?.access();
  }

  /** Stops where everything stands; the next start goes on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#leaving, ...[...this.#hosted.values()].map((hosted) => hosted.close())]);
  }

  #want(goal: Goal, connection: Connection, source: ClusterSource, options: { readonly isLast?: boolean } = {}): void {
    if (this.#isClosed) return;
    for (const [id, hosted] of this.#hosted) if (hosted.isOver) this.#hosted.delete(id);
    const target = { connection, source, ...options };
    const known = this.#hosted.get(connection.id);
    if (known !== undefined) {
      known.want(goal, target);
      return;
    }
    const onCluster = (id: string, clusterId: string): void => {
      for (const tell of this.#listeners) tell(id, clusterId);
    };
    this.#hosted.set(connection.id, new HostedDeployment({ ...this.#shared, onCluster }, goal, target));
  }
}
