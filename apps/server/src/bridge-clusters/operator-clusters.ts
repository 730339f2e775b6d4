import { hash } from 'node:crypto';
import { MesheryError, toMesheryError } from '@meshery/errors';
import { flattenContext, parseKubeconfig } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import { clusterOf } from '../connections/cluster-of.ts';
import type { Providers } from '../provider/providers.ts';
import type { OperatorCluster, OperatorClusterSet } from './operator-cluster.ts';

/** What the set is read with. */
export interface OperatorClustersParts {
  readonly providers: Providers;
  /** Refuses what a kubeconfig from the network may not say, and addresses that are never called. */
  readonly accessFrom: (kubeconfig: string) => Promise<ClusterAccess>;
  readonly clock: Clock;
}

/** Clusters that are told to bridges at most, and bytes of a kubeconfig: what waits for a slow bridge is bounded by both. */
export const maxClusters = 1000;
const maxKubeconfig = 64 * 1024;

interface Flat {
  /** Of what it was made from. */
  readonly digest: string;
  readonly kubeconfig: string;
}

/** The clusters that are connected in operator mode with a credential of their own: their brokers are for bridges. */
export class OperatorClusters {
  readonly #parts: OperatorClustersParts;
  /** By id of the connection: what was checked once is not resolved again at each look. */
  readonly #flat = new Map<string, Flat>();

  constructor(parts: OperatorClustersParts) {
    this.#parts = parts;
  }

  /** Reads them anew. A connection that is of no use is a fault of itself alone. */
  async read(ctx: RequestContext): Promise<OperatorClusterSet> {
    const connections = await this.#connections(ctx);
    const clusters = new Map<string, OperatorCluster>();
    const faults = new Map<string, MesheryError>();
    const known = new Map<string, string>();
    for (const connection of connections) {
      const clusterId = clusterOf(connection);
      if (clusterId !== undefined) known.set(connection.id, clusterId);
      try {
        if (clusterId === undefined) throw unknownCluster();
        if (clusters.has(clusterId)) continue;
        const { id: connectionId, name } = connection;
        const kubeconfig = await this.#kubeconfig(ctx, connection);
        clusters.set(clusterId, { clusterId, connectionId, name, kubeconfig });
      } catch (error) {
        faults.set(connection.id, toMesheryError(error));
      }
    }
    const ids = new Set(connections.map(({ id }) => id));
    for (const id of this.#flat.keys()) if (!ids.has(id)) this.#flat.delete(id);
    return { clusters, clusterOf: known, faults };
  }

  /** The oldest first: of several connections to one cluster always the same one is used. */
  async #connections(ctx: RequestContext): Promise<readonly Connection[]> {
    const { connections } = this.#parts.providers.of(ctx);
    const order = { field: 'createdAt', descending: false };
    const filter = { kind: ['kubernetes'], status: ['connected'] as const };
    const { items } = await connections.page(ctx, filter, { page: 0, pageSize: maxClusters, order });
    return items.filter(
      ({ metadata, credentialId }) =>
        metadata['meshsyncDeploymentMode'] === 'operator' && typeof credentialId === 'string',
    );
  }

  async #kubeconfig(ctx: RequestContext, { id, credentialId }: Connection): Promise<string> {
    const { providers, accessFrom, clock } = this.#parts;
    const { kubeconfig: text } = await providers.of(ctx).credentials.open(ctx, credentialId ?? '');
    if (typeof text !== 'string') throw noKubeconfig();
    const digest = hash('sha256', text, 'base64');
    const known = this.#flat.get(id);
    if (known?.digest === digest) return known.kubeconfig;
    const { contextName } = await accessFrom(text);
    const { kubeconfig } = await flattenContext(parseKubeconfig(text), contextName, { trust: 'network', clock });
    if (kubeconfig.length > maxKubeconfig) throw tooLarge();
    this.#flat.set(id, { digest, kubeconfig });
    return kubeconfig;
  }
}

function unknownCluster(): MesheryError {
  return new MesheryError('meshery-connection-1705', 'It is not known which cluster this connection leads to.', {
    probableCause: 'It was connected without a test.',
    remedy: 'Test the connection: its answer names the cluster.',
  });
}

function noKubeconfig(): MesheryError {
  return new MesheryError('meshery-connection-1705', 'The credential of this connection has no kubeconfig.', {
    remedy: 'Upload the kubeconfig of the cluster again.',
  });
}

function tooLarge(): MesheryError {
  return new MesheryError('meshery-core-1006', `The kubeconfig has more than ${String(maxKubeconfig / 1024)} KiB.`, {
    remedy: 'Upload a kubeconfig with a token, or with the authority of this cluster alone.',
  });
}
