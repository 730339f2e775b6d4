import type { RequestContext } from '@meshery/observability';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { SupportBundle } from './support-bundle.ts';

/** What is sent to somebody who helps; for administrators. */
@Controller('api/system/support-bundle')
@Needs('administer')
export class SupportController {
  readonly #bundle: SupportBundle;

  constructor(@Inject(SupportBundle) bundle: SupportBundle) {
    this.#bundle = bundle;
  }

  @Get()
  async download(@Ctx() ctx: RequestContext, @Res() reply: FastifyReply): Promise<void> {
    const archive = await this.#bundle.make(ctx);
    void reply
      .header('content-type', 'application/gzip')
      .header('content-disposition', 'attachment; filename="meshery-support.tar.gz"')
      .header('cache-control', 'no-store')
      .send(archive);
  }
}
