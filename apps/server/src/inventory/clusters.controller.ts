import type { ClusterList } from '@meshery/contracts';
import type { Logger } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpContext } from '../access/http-context.ts';
import { ListClustersHandler } from './queries/list-clusters.handler.ts';

/** The cluster list; docs/spec/rest-inventory.md. */
@Controller('api/system/clusters')
export class ClustersController {
  readonly #logger: Logger;
  readonly #clusters: ListClustersHandler;

  constructor(@Inject(LOGGER) logger: Logger, @Inject(ListClustersHandler) clusters: ListClustersHandler) {
    this.#logger = logger;
    this.#clusters = clusters;
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ClusterList> {
    return this.#clusters.handle(httpContext({ request, reply }, this.#logger));
  }
}
