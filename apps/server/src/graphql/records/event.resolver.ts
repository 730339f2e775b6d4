import { eventIds, eventStatuses, parseRecord } from '@meshery/object-model';
import type { EventRecord } from '@meshery/object-model';
import type { EventFilter } from '@meshery/store';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { z } from 'zod';
import { Needs } from '../../access/needs.ts';
import { positionAfter } from '../../events/event-query.ts';
import { EventHub } from '../../events/live/event-hub.ts';
import { Providers } from '../../provider/providers.ts';
import { codedSequence, valueOf } from '../coded-sequence.ts';
import { followEvents } from '../event-queue.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { LiveValues } from '../live-values.ts';
import { positionOf } from '../to-query.ts';
import { EventFilterInput, EventsArgs } from './event.dto.ts';
import { EventEntity, EventPageEntity, eventEntity } from './event.entity.ts';
import { eventQueryOf, oneOf } from './record-query.ts';

const marked = z.object({ ids: eventIds });

/** What happened; the same use cases as REST. */
@Resolver(() => EventEntity)
export class EventResolver {
  readonly #providers: Providers;
  readonly #hub: EventHub;
  readonly #live: LiveValues;

  constructor(
    @Inject(Providers) providers: Providers,
    @Inject(EventHub) hub: EventHub,
    @Inject(LiveValues) live: LiveValues,
  ) {
    this.#providers = providers;
    this.#hub = hub;
    this.#live = live;
  }

  @Query(() => EventPageEntity, { description: 'A page of events, newest first unless told.' })
  async events(@Args() args: EventsArgs, @Context() { ctx }: GraphqlContext): Promise<EventPageEntity> {
    const { filter, query, isByPosition } = eventQueryOf(args);
    const page = await this.#providers.of(ctx).events.page(ctx, filter, query);
    const next = isByPosition ? positionAfter(page) : undefined;
    return { ...page, events: page.items.map(eventEntity), ...(next === undefined ? {} : { next: String(next) }) };
  }

  /** Reading is each user's own, so those who may not write mark events as well. */
  @Mutation(() => [ID], { description: 'Marks events as read or unread for the user; all of them or none.' })
  @Needs('read')
  async markEvents(
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Args('status', { type: () => String }) status: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<readonly string[]> {
    const { ids: known } = parseRecord(marked, { ids }, 'request');
    await this.#providers.of(ctx).events.mark(ctx, known, oneOf('status', status, eventStatuses));
    return known;
  }

  @Subscription(() => EventEntity, {
    name: 'events',
    description: 'What happens and the user may see, from now on or after the position "since".',
    resolve: valueOf,
  })
  eventsAsTheyHappen(
    @Args('filter', { type: () => EventFilterInput, nullable: true }) filter: EventFilterInput | null,
    @Args('since', { type: () => String, nullable: true }) since: string | null,
    @Context() context: GraphqlContext,
  ): AsyncIterableIterator<unknown> {
    return codedSequence(() => {
      const wanted = eventQueryOf({ filter }).filter;
      const { userId } = context.session.identity;
      const from = { userId, ...positionOf(since) };
      return this.#live.ending(context, (signal) => matching(followEvents(this.#hub, { ...from, signal }), wanted));
    });
  }
}

async function* matching(events: AsyncIterable<EventRecord>, filter: EventFilter): AsyncGenerator<EventEntity> {
  for await (const event of events) if (isWanted(event, filter)) yield eventEntity(event);
}

function isWanted(event: EventRecord, { categories, actions, severities, actedUpon }: EventFilter): boolean {
  return (
    categories?.includes(event.category) !== false &&
    actions?.includes(event.action) !== false &&
    severities?.includes(event.severity) !== false &&
    actedUpon?.includes(event.actedUpon) !== false
  );
}
