import type { EventRecord } from '@meshery/object-model';
import { parseConnectionQuery } from '../../connections/connection-query.ts';
import type { EventHub } from '../../events/live/event-hub.ts';
import { contextOf } from '../../kubernetes/context-view.ts';
import type { Providers } from '../../provider/providers.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { followEvents } from '../event-queue.ts';
import type { LiveValues } from '../live-values.ts';
import type { PageFilter } from './page-filter.ts';
import type { Follow } from './with-published.ts';

/** What the operations about connections and events are made of. */
export interface UserOperationsParts {
  readonly providers: Providers;
  readonly events: EventHub;
  readonly live: LiveValues;
}

/** Subscriptions to what a user has: connections to clusters, and events. */
export function userFollows({ providers, events, live }: UserOperationsParts): Readonly<Record<string, Follow>> {
  return {
    subscribeK8sContext: ({ selector }: { readonly selector: PageFilter }, context: GraphqlContext) => {
      const { filter, query } = parseConnectionQuery(rawOf(selector));
      return live.changing(context, async () => {
        const { connections } = providers.of(context.ctx);
        const page = await connections.page(context.ctx, { ...filter, kind: ['kubernetes'] }, query);
        return [{ total_count: page.totalCount, contexts: page.items.map(contextOf) }];
      });
    },
    subscribeEvents: (_args: object, context: GraphqlContext) =>
      live.ending(context, async function* (signal) {
        const { userId } = context.session.identity;
        for await (const event of followEvents(events, { userId, signal })) yield eventView(event);
      }),
  };
}

function rawOf({ page, pageSize, order, search }: PageFilter): Record<string, string> {
  return { page, pagesize: pageSize, ...(order ? { order } : {}), ...(search ? { search } : {}) };
}

function eventView({ owner, operationId, systemId, ...event }: EventRecord): object {
  return { ...event, userID: owner, operationID: operationId, systemID: systemId, status: 'unread' };
}
