import { MesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Providers } from '../provider/providers.ts';

const maxClusters = 100;

/** The clusters that an organization works with. */
export class ConnectedClusters {
  readonly #providers: Providers;

  constructor(providers: Providers) {
    this.#providers = providers;
  }

  /** Those that are connected, at least one. Rejects with `meshery-core-1001` when there is none. */
  async of(ctx: RequestContext, organizationId: string): Promise<readonly Connection[]> {
    const query = { page: 0, pageSize: maxClusters, order: { field: 'createdAt', descending: false } };
    const filter = { organizationId, kind: ['kubernetes'], status: ['connected'] } as const;
    const { items } = await this.#providers.of(ctx).connections.page(ctx, filter, query);
    if (items.length > 0) return items;
    throw new MesheryError('meshery-core-1001', 'No cluster is connected.', {
      probableCause: 'No kubeconfig was uploaded yet, or every cluster was disconnected.',
      remedy: 'Connect a cluster, then try again.',
    });
  }
}
