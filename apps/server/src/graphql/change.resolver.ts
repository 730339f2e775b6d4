import { Inject } from '@nestjs/common';
import { Args, Context, Info, Resolver, Subscription } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { ServerConfig } from '../config.ts';
import { ChangeHub } from '../inventory/live/change-hub.ts';
import { fullRow, plainRow } from '../inventory/row-text.ts';
import { Sessions } from '../sessions/sessions.ts';
import { CONFIG } from '../tokens.ts';
import { changeFeed } from './change-feed.ts';
import type { ChangeFeedParts } from './change-feed.ts';
import { codedSequence, valueOf } from './coded-sequence.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { LiveValues } from './live-values.ts';
import { ResourceFilterInput } from './resource.dto.ts';
import { ResourceChangeEntity, textFields } from './resource.entity.ts';
import { selectsAny } from './selected-fields.ts';
import { filterOf, positionOf } from './to-query.ts';

/** The subscription to inventory changes. */
@Resolver(() => ResourceChangeEntity)
export class ChangeResolver {
  readonly #parts: ChangeFeedParts;

  constructor(
    @Inject(ChangeHub) hub: ChangeHub,
    @Inject(CONFIG) { heartbeatMs }: ServerConfig,
    @Inject(Sessions) sessions: Sessions,
    @Inject(LiveValues) live: LiveValues,
  ) {
    this.#parts = { hub, sessions, heartbeatMs, live };
  }

  @Subscription(() => ResourceChangeEntity, {
    description: 'Committed changes of a selection, from now on or after "since".',
    resolve: valueOf,
  })
  resourceChanges(
    @Args('filter', { type: () => ResourceFilterInput }) filter: ResourceFilterInput,
    @Args('since', { type: () => String, nullable: true }) since: string | null,
    @Context() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): AsyncIterableIterator<unknown> {
    return codedSequence(() => {
      const parts = selectsAny(info, textFields) ? fullRow : plainRow;
      const request = { subscription: { filter: filterOf(filter), parts }, ...positionOf(since) };
      return changeFeed(this.#parts, request, context);
    });
  }
}
