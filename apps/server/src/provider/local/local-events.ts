import type { EventDraft, EventStatus, Page, PageQuery, SeenEvent } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EventCounts, EventFilter, EventScope, EventType, UserData } from '@meshery/store';
import { allowedEntry } from '../../audit/audit-entry.ts';
import type { Events } from '../provider.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf, requireMembership } from './tenancy.ts';

/** Events of the Local provider. */
export class LocalEvents implements Events {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  page(ctx: RequestContext, filter: EventFilter, query: PageQuery): Promise<Page<SeenEvent> & EventCounts> {
    return this.#parts.store.read(async (data) => {
      const scope = await eventScope(data, ctx);
      const counts = await data.events.counts(scope, filter.status);
      return { ...(await data.events.page(scope, filter, query)), ...counts };
    });
  }

  types(ctx: RequestContext): Promise<readonly EventType[]> {
    return this.#parts.store.read(async (data) => data.events.types(await eventScope(data, ctx)));
  }

  create(ctx: RequestContext, draft: EventDraft): Promise<SeenEvent> {
    const at = timestamp(this.#parts.clock);
    const id = this.#parts.newId();
    return this.#parts.store.change(async (data) => {
      const { organizationId } = draft;
      if (organizationId !== null) await requireMembership(data, ctx, organizationId, 'write');
      const times = { createdAt: at, updatedAt: at };
      const event = await data.events.append({ ...draft, id, owner: ctx.user.userId, ...times });
      await data.audit.append(allowedEntry(ctx, at, { action: 'event.create', objectId: id, organizationId }));
      return { ...event, status: 'unread' };
    });
  }

  mark(ctx: RequestContext, ids: readonly string[], status: EventStatus): Promise<void> {
    return this.#parts.store.change(async (data) => {
      await this.#reach(data, ctx, ids);
      await data.events.mark(ids, ctx.user.userId, status);
    });
  }

  remove(ctx: RequestContext, ids: readonly string[]): Promise<void> {
    const at = timestamp(this.#parts.clock);
    return this.#parts.store.change(async (data) => {
      const events = await this.#reach(data, ctx, ids);
      const organizations = new Set(events.flatMap(({ organizationId }) => organizationId ?? []));
      for (const id of organizations) await requireMembership(data, ctx, id, 'write');
      await data.events.remove(ids, at);
      for (const { id, organizationId } of events)
        await data.audit.append(allowedEntry(ctx, at, { action: 'event.delete', objectId: id, organizationId }));
    });
  }

  /** All of these events, or none: one that is not there, or not for this user, fails the whole request. */
  async #reach(data: UserData, ctx: RequestContext, ids: readonly string[]) {
    const events = await data.events.find(await eventScope(data, ctx), ids);
    if (events.length < new Set(ids).size) throw notFound('event');
    return events;
  }
}

/** What the user of a request sees of logs: what concerns their organizations, and what is their own. */
export async function eventScope(data: UserData, ctx: RequestContext): Promise<EventScope> {
  return { userId: ctx.user.userId, organizationIds: await organizationsOf(data, ctx) };
}
