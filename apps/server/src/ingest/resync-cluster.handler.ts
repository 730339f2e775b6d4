import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryHost } from '../discovery/discovery-host.ts';
import { ClusterTenancy } from '../inventory/scope/cluster-tenancy.ts';
import { ClusterRequests } from './requests/cluster-requests.ts';
import { clusterNotServed } from './requests/request-faults.ts';

/** Has every object of a cluster read anew, by whoever discovers it: what is gone goes, what was lost comes back. */
@Injectable()
export class ResyncClusterHandler {
  readonly #discovery: DiscoveryHost;
  readonly #requests: ClusterRequests;
  readonly #tenancy: ClusterTenancy;

  constructor(
    @Inject(DiscoveryHost) discovery: DiscoveryHost,
    @Inject(ClusterRequests) requests: ClusterRequests,
    @Inject(ClusterTenancy) tenancy: ClusterTenancy,
  ) {
    this.#discovery = discovery;
    this.#requests = requests;
    this.#tenancy = tenancy;
  }

  /** Resolves when it has begun, or is handed to the server that discovers it. Rejects with `meshery-core-1008` when nobody discovers the cluster now. */
  async handle(ctx: RequestContext, clusterId: string): Promise<void> {
    if (!(await this.#tenancy.scopeOf(ctx.user)).has(clusterId)) throw clusterNotServed(clusterId);
    const isOfServers = this.#discovery.resync(clusterId, 'an administrator asked for it');
    if (!isOfServers) await this.#askAgent(ctx, clusterId);
    ctx.logger.info({ cluster: clusterId }, 'the cluster is read anew');
  }

  async #askAgent(ctx: RequestContext, clusterId: string): Promise<void> {
    const answer = (await this.#requests.ask(ctx, clusterId, 'resync')) as { readonly accepted?: unknown } | undefined;
    if (answer?.accepted === true) return;
    throw new MesheryError('meshery-core-1008', 'The agent of this cluster discovers nothing now.', {
      probableCause: 'It has just been started, or cannot reach its API server.',
      remedy: 'It reads everything once it begins; look at the condition of the cluster.',
    });
  }
}
