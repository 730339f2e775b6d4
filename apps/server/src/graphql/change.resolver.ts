import { Inject } from '@nestjs/common';
import { Args, Context, Info, Resolver, Subscription } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { ServerConfig } from '../config.ts';
import { ChangeHub } from '../inventory/live/change-hub.ts';
import { wholeNumber } from '../rest/query-values.ts';
import { fullRow, plainRow } from '../inventory/row-text.ts';
import { Sessions } from '../sessions/sessions.ts';
import { CONFIG } from '../tokens.ts';
import { changeFeed } from './change-feed.ts';
import type { ChangeFeedParts } from './change-feed.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { ResourceFilterInput } from './resource.dto.ts';
import { ResourceChangeEntity, textFields } from './resource.entity.ts';
import { selectsAny } from './selected-fields.ts';
import { filterOf } from './to-query.ts';

/** The subscription to inventory changes. */
@Resolver(() => ResourceChangeEntity)
export class ChangeResolver {
  readonly #parts: ChangeFeedParts;

  constructor(
    @Inject(ChangeHub) hub: ChangeHub,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(Sessions) sessions: Sessions,
  ) {
    this.#parts = { hub, sessions, config };
  }

  @Subscription(() => ResourceChangeEntity, {
    description: 'Committed changes of a selection, from now on or after "since".',
    resolve: (change: ResourceChangeEntity) => change,
  })
  resourceChanges(
    @Args('filter', { type: () => ResourceFilterInput }) filter: ResourceFilterInput,
    @Args('since', { type: () => String, nullable: true }) since: string | null,
    @Context() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): AsyncGenerator<ResourceChangeEntity> {
    const parts = selectsAny(info, textFields) ? fullRow : plainRow;
    const from = wholeNumber(since === null ? {} : { since }, ['since'], { min: 0, max: Number.MAX_SAFE_INTEGER });
    const request = {
      subscription: { filter: filterOf(filter), parts },
      ...(from === undefined ? {} : { since: from }),
    };
    return changeFeed(this.#parts, request, context);
  }
}
