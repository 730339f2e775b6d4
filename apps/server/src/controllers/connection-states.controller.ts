import { inBothSpellings } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { notFound } from '../provider/local/tenancy.ts';
import { Providers } from '../provider/providers.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { CONTROLLER_SOURCE } from './controller-facts.ts';
import type { ControllerSource } from './controller-facts.ts';
import { allStatuses } from './controller-status.ts';

/** What a connection shows of its controllers. */
@Controller('api/integrations/connections/:connectionId/controllers')
export class ConnectionStatesController {
  readonly #source: ControllerSource;
  readonly #providers: Providers;

  constructor(@Inject(CONTROLLER_SOURCE) source: ControllerSource, @Inject(Providers) providers: Providers) {
    this.#source = source;
    this.#providers = providers;
  }

  @Get()
  async states(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    await this.#providers.of(ctx).connections.get(ctx, id);
    const facts = await this.#source.facts(ctx, id);
    if (facts === undefined) throw notFound('cluster of this connection');
    return { controllers: allStatuses(facts).map(inBothSpellings) };
  }
}
