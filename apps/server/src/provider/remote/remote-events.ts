import { eventSeverities } from '@meshery/object-model';
import type { EventDraft, EventStatus, Page, PageQuery, SeenEvent } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EventCounts, EventFilter, EventType } from '@meshery/store';
import { z } from 'zod';
import { inParallel } from '../../kubernetes/in-parallel.ts';
import { slicePage } from '../../rest/slice-page.ts';
import type { Events } from '../provider.ts';
import { RemoteCollection } from './remote-collection.ts';
import { readEvent } from './remote-records.ts';
import { notOffered } from './remote-requests.ts';
import type { RemoteRequests } from './remote-requests.ts';

const atATime = 4;

const summary = z
  .object({
    readCount: z.number().catch(0),
    countBySeverityLevel: z.array(z.object({ severity: z.enum(eventSeverities), count: z.number() })).catch([]),
  })
  .catch({ readCount: 0, countBySeverityLevel: [] });

/** Events at a remote provider. */
export class RemoteEvents implements Events {
  readonly #requests: RemoteRequests;
  readonly #name: string;
  readonly #kept: RemoteCollection<SeenEvent, EventDraft, { readonly status: EventStatus }, object>;
  readonly #listed: RemoteCollection<SeenEvent, never, never, object>;

  constructor(requests: RemoteRequests, name: string) {
    this.#requests = requests;
    this.#name = name;
    this.#kept = new RemoteCollection(requests, 'persist-events', readEvent);
    this.#listed = new RemoteCollection(requests, 'get-events', readEvent);
  }

  /** Providers cannot select events by what they are: that is done here. */
  async page(ctx: RequestContext, filter: EventFilter, query: PageQuery): Promise<Page<SeenEvent> & EventCounts> {
    const { after, ...conditions } = filter;
    if (after !== undefined) throw notOffered('positions in the log of events', this.#name);
    const counts = await this.#counts(ctx, conditions.status ?? 'unread');
    const asked = inTime(query);
    if (Object.keys(conditions).length === 0) return { ...(await this.#listed.page(ctx, {}, asked)), ...counts };
    const { page, pageSize, ...rest } = asked;
    const all = await this.#listed.all(ctx, {}, rest);
    const fitting = all.filter((event) => fits(event, conditions));
    return { ...slicePage(fitting, { page, pageSize }, ['id']), ...counts };
  }

  async types(ctx: RequestContext): Promise<readonly EventType[]> {
    const types = new Map<string, EventType>();
    for (const { category, action } of await this.#listed.all(ctx, {})) {
      types.set(`${category} ${action}`, { category, action });
    }
    return [...types].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, type]) => type);
  }

  create(ctx: RequestContext, draft: EventDraft): Promise<SeenEvent> {
    return this.#kept.create(ctx, draft);
  }

  async mark(ctx: RequestContext, ids: readonly string[], status: EventStatus): Promise<void> {
    await this.#reach(ctx, ids);
    await inParallel(ids, atATime, (id) => this.#kept.update(ctx, id, { status }));
  }

  async remove(ctx: RequestContext, ids: readonly string[]): Promise<void> {
    await this.#reach(ctx, ids);
    await inParallel([...new Set(ids)], atATime, (id) => this.#kept.remove(ctx, id));
  }

  /** Nothing is changed when one of them is not there. */
  async #reach(ctx: RequestContext, ids: readonly string[]): Promise<void> {
    await inParallel(ids, atATime, (id) => this.#kept.get(ctx, id));
  }

  async #counts(ctx: RequestContext, status: EventStatus): Promise<EventCounts> {
    if (!this.#requests.offers('events-summary')) return summary.parse({});
    return summary.parse(await this.#requests.send(ctx, 'events-summary', '', { query: { status } }));
  }
}

/** The order of a log is that of time. */
function inTime(query: PageQuery): PageQuery {
  const { field, descending } = query.order ?? { field: 'sequence', descending: true };
  return { ...query, order: { field: field === 'sequence' ? 'createdAt' : field, descending } };
}

function fits(event: SeenEvent, { categories, actions, severities, actedUpon, status }: EventFilter): boolean {
  return (
    (categories?.includes(event.category) ?? true) &&
    (actions?.includes(event.action) ?? true) &&
    (severities?.includes(event.severity) ?? true) &&
    (actedUpon?.includes(event.actedUpon) ?? true) &&
    (status === undefined || status === event.status)
  );
}
