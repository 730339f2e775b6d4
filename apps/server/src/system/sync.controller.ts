import { createHash } from 'node:crypto';
import type { ClusterStatus } from '@meshery/contracts';
import { inBothSpellings } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Get, Inject } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Adapters } from '../adapters/adapters.ts';
import { ListClustersHandler } from '../inventory/queries/list-clusters.handler.ts';

/** What a client asks first: the clusters and adapters that this server works with. */
@Controller('api/system/sync')
export class SyncController {
  readonly #clusters: ListClustersHandler;
  readonly #adapters: Adapters;

  constructor(@Inject(ListClustersHandler) clusters: ListClustersHandler, @Inject(Adapters) adapters: Adapters) {
    this.#clusters = clusters;
    this.#adapters = adapters;
  }

  @Get()
  async sync(@Ctx() ctx: RequestContext): Promise<object> {
    const [{ clusters }, meshAdapters] = await Promise.all([this.#clusters.handle(ctx), this.#adapters.list(ctx)]);
    return { k8sConfig: clusters.map((cluster) => inBothSpellings(contextOf(cluster))), meshAdapters };
  }
}

/** A cluster in the published form of a Kubernetes context. */
function contextOf({ id, name, apiServerUrl, firstSeen, lastSeen }: ClusterStatus): object {
  return {
    id: createHash('sha256').update(`${apiServerUrl}\n${name}`).digest('hex').slice(0, 32),
    name,
    clusterConfigured: id !== '',
    server: apiServerUrl,
    clusterId: id,
    createdAt: firstSeen,
    updatedAt: lastSeen === '' ? firstSeen : lastSeen,
  };
}
