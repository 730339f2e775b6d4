import { MesheryError, toMesheryError } from '@meshery/errors';
import { raceAbort } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import type { Operations } from '../operations/operations.ts';
import type { OperationHandle } from '../operations/running-operation.ts';
import { requireMembership } from '../provider/local/tenancy.ts';
import type { AdapterDriver } from './adapter-driver.ts';
import type { AdapterLink } from './adapter-link.ts';
import { placeOf } from './adapter-place.ts';
import { asFailedTest } from './adapters.ts';
import type { Adapters } from './adapters.ts';
import type { ConnectedClusters } from './connected-clusters.ts';
import { kubeconfigText } from './kubeconfig-text.ts';

/** As long as the command line waits. */
const limitMs = 20 * 60_000;

/** An operation that is asked of an adapter. */
export interface AskedOperation {
  /** Place of the adapter. */
  readonly adapter: string;
  /** Key of the operation. */
  readonly query: string;
  readonly customBody: string;
  readonly namespace: string;
  readonly isRemoval: boolean;
  readonly version: string;
}

/** What operations of adapters are made of. */
export interface AdapterOperationsParts {
  readonly adapters: Adapters;
  readonly driver: AdapterDriver;
  readonly clusters: ConnectedClusters;
  readonly kubernetes: KubernetesDriver;
  readonly operations: Operations;
  readonly store: UserStore;
}

interface Run {
  readonly ctx: RequestContext;
  readonly connection: Connection;
  readonly clusters: readonly Connection[];
  readonly accepted: PromiseWithResolvers<void>;
}

/** Has adapters do things to the clusters that are connected; each is an operation that ends with the adapter's own event. */
export class AdapterOperations {
  readonly #parts: AdapterOperationsParts;

  constructor(parts: AdapterOperationsParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the adapter took the operation. Rejects with `meshery-core-1001` for an adapter that is not connected
   * or without a cluster, `meshery-auth-1202`, and `meshery-connection-1702` when the adapter refuses.
   */
  async apply(ctx: RequestContext, asked: AskedOperation): Promise<void> {
    const { adapters, operations } = this.#parts;
    const connection = await adapters.require(ctx, asked.adapter);
    await this.#requireTrust(ctx, connection);
    const clusters = await this.#parts.clusters.of(ctx, connection.organizationId);
    const { organizationId, name } = connection;
    const draft = {
      category: 'adapter',
      action: asked.isRemoval ? 'undeploy' : 'deploy',
      organizationId,
      subject: `"${asked.query}" by the adapter "${name}"`,
      targets: clusters.map(({ id, name: title }) => ({ id, name: title })),
    };
    const accepted = Promise.withResolvers<void>();
    accepted.promise.catch(() => undefined);
    await operations.begin(ctx, draft, (handle) => this.#run(handle, asked, { ctx, connection, clusters, accepted }));
    await accepted.promise;
  }

  /** It gets the keys of clusters: one that somebody merely added gets them from administrators only. */
  async #requireTrust(ctx: RequestContext, connection: Connection): Promise<void> {
    const right = this.#parts.driver.isOwn(placeOf(connection)) ? 'write' : 'administer';
    await this.#parts.store.read((data) => requireMembership(data, ctx, connection.organizationId, right));
  }

  async #run(
    handle: OperationHandle,
    asked: AskedOperation,
    { ctx, connection, clusters, accepted }: Run,
  ): Promise<void> {
    const { query: opName, namespace, customBody, isRemoval: deleteOp, version } = asked;
    try {
      const kubeConfigs = await this.#kubeconfigs(handle, clusters);
      const request = { opName, namespace, customBody, deleteOp, version, username: ctx.user.name, kubeConfigs };
      const link = await this.#link(connection);
      const { ended } = await link.apply({ ...request, operationId: handle.id }, handle.signal);
      accepted.resolve();
      await untilEnd(ended, handle.signal);
    } catch (thrown) {
      const error = toMesheryError(thrown);
      accepted.reject(error.code === 'meshery-connection-1705' ? asFailedTest(error) : error);
      throw error;
    }
  }

  /** The way to clusters that there is a way to; rejects when there is none at all. */
  async #kubeconfigs(handle: OperationHandle, clusters: readonly Connection[]): Promise<string[]> {
    const texts: string[] = [];
    let fault: MesheryError | undefined;
    for (const cluster of clusters) {
      try {
        texts.push(await kubeconfigText(await this.#parts.kubernetes.accessOf(cluster)));
      } catch (thrown) {
        fault = toMesheryError(thrown);
        handle.target(cluster.id, 'failed', fault.message);
      }
    }
    if (texts.length === 0 && fault !== undefined) throw fault;
    return texts;
  }

  async #link(connection: Connection): Promise<AdapterLink> {
    const { driver } = this.#parts;
    await driver.start(connection);
    const link = driver.link(connection.id);
    if (link !== undefined) return link;
    throw new MesheryError('meshery-core-1004', 'The server is shutting down.', {
      remedy: 'Begin the operation again.',
    });
  }
}

async function untilEnd(ended: Promise<void>, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    await raceAbort(ended, AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted) throw error;
    throw new MesheryError('meshery-connection-1705', 'The adapter did not say within 20 minutes how it ended.', {
      probableCause: 'It still works on it, or it stopped without a word.',
      remedy: 'Look at the cluster and at the log of the adapter for what was done.',
      cause: error,
    });
  }
}
