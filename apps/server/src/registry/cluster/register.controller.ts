import type { RequestContext } from '@meshery/observability';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ctx } from '../../access/ctx.ts';
import { readUpload } from '../../kubernetes/kubeconfig-upload.ts';
import { ClusterRegistration } from './cluster-registration.ts';

/** The components of clusters: kubeconfigs in, components out. */
@Controller('api/system/kubernetes/register')
export class RegisterController {
  readonly #clusters: ClusterRegistration;

  constructor(@Inject(ClusterRegistration) clusters: ClusterRegistration) {
    this.#clusters = clusters;
  }

  @Post()
  @HttpCode(202)
  async register(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<object> {
    const { id: operationId } = await this.#clusters.begin(ctx, await readUpload(request));
    return { status: 'accepted', operationId };
  }
}
