import { failureSeverities } from '@meshery/object-model';
import type { EventRecord, EventSeverity, EventStatus, Page, PageQuery, SeenEvent } from '@meshery/object-model';
import { Brackets } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { likePattern } from '../shared/like-pattern.ts';
import { eventHeadSchema, eventReaderSchema, eventSchema } from './entities/events.ts';
import type { EventHead, StoredEvent } from './entities/events.ts';

/** Whose events are looked at: those of their organizations, and their own. */
export interface EventScope {
  readonly userId: string;
  readonly organizationIds: readonly string[];
}

/** Which events are listed; absent conditions select all. */
export interface EventFilter {
  readonly categories?: readonly string[];
  readonly actions?: readonly string[];
  readonly severities?: readonly EventSeverity[];
  readonly actedUpon?: readonly string[];
  readonly status?: EventStatus;
  /** Only what comes after this position in the order of the list, which is then by `sequence`. */
  readonly after?: number;
}

/** How many events of each kind somebody sees. */
export interface EventCounts {
  readonly readCount: number;
  readonly countBySeverityLevel: readonly { readonly severity: EventSeverity; readonly count: number }[];
}

/** A kind of event. */
export interface EventType {
  readonly category: string;
  readonly action: string;
}

/** What is too old to be kept. */
export interface EventRetention {
  /** RFC 3339: older events go, but for failures that their owner has not read. */
  readonly before: string;
  /** Newest events that stay at most, read or not. */
  readonly keep: number;
  /** Events removed by one call, at most. */
  readonly limit: number;
}

type Appended = Omit<EventRecord, 'sequence' | 'systemId'>;
type Select = SelectQueryBuilder<StoredEvent>;

const headId = 'events';
const newestFirst = { 'event.sequence': 'DESC' } as const;
const isRead = 'EXISTS (SELECT 1 FROM event_readers r WHERE r.event_id = event.id AND r.user_id = :reader)';

/** The log of what happened; it is also the outbox from which events are published. */
export class EventTable {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Adds an event at the end. Inside of a transaction only: until its end nobody else appends. */
  async append(event: Appended): Promise<EventRecord> {
    const heads = this.#manager.createQueryBuilder().update(eventHeadSchema);
    await heads
      .set({ sequence: () => 'sequence + 1' })
      .where({ id: headId })
      .execute();
    const { sequence, systemId } = await this.head();
    const row: StoredEvent = { ...event, sequence, systemId, deletedAt: null };
    await this.#manager
      .createQueryBuilder()
      .insert()
      .into(eventSchema)
      .values(row as object)
      .execute();
    return visible(row);
  }

  /** How far the log is. */
  async head(): Promise<EventHead> {
    return this.#manager.getRepository<EventHead>(eventHeadSchema).findOneByOrFail({ id: headId });
  }

  /** One page as a user sees it, newest first unless told. */
  async page(scope: EventScope, filter: EventFilter, query: PageQuery): Promise<Page<SeenEvent>> {
    const select = narrowed(this.#scoped(scope), scope, filter, query.search);
    const { field, descending } = query.order ?? { field: 'sequence', descending: true };
    const totalCount = await select.getCount();
    if (filter.after !== undefined)
      select.andWhere(`event.sequence ${descending ? '<' : '>'} :after`, { after: filter.after });
    const items = await select
      .orderBy({ [`event.${field}`]: descending ? 'DESC' : 'ASC', ...(field === 'sequence' ? {} : newestFirst) })
      .offset(query.page * query.pageSize)
      .limit(query.pageSize)
      .getMany();
    return { page: query.page, pageSize: query.pageSize, totalCount, items: await this.#seen(scope, items) };
  }

  /** Events that a user has read; and those of a status (unread unless told) by severity. */
  async counts(scope: EventScope, status: EventStatus = 'unread'): Promise<EventCounts> {
    const readCount = await narrowed(this.#scoped(scope), scope, { status: 'read' }).getCount();
    const found = await narrowed(this.#scoped(scope), scope, { status })
      .select('event.severity', 'severity')
      .addSelect('COUNT(*)', 'count')
      .groupBy('event.severity')
      .orderBy('event.severity')
      .getRawMany<{ severity: EventSeverity; count: number | string }>();
    return { readCount, countBySeverityLevel: found.map((row) => ({ ...row, count: Number(row.count) })) };
  }

  /** The kinds of events that a user sees. */
  async types(scope: EventScope): Promise<readonly EventType[]> {
    return this.#scoped(scope)
      .select('event.category', 'category')
      .addSelect('event.action', 'action')
      .distinct(true)
      .orderBy('event.category')
      .addOrderBy('event.action')
      .getRawMany<EventType>();
  }

  /** The events of these ids that a user sees. */
  async find(scope: EventScope, ids: readonly string[]): Promise<readonly EventRecord[]> {
    const found = await this.#scoped(scope).andWhere('event.id IN (:...ids)', { ids }).getMany();
    return found.map(visible);
  }

  /** Events after a position, oldest first, removed ones too: the outbox, or what one user sees of it. */
  async after(sequence: number, limit: number, scope?: EventScope): Promise<readonly EventRecord[]> {
    const select = scope === undefined ? this.#select() : this.#scoped(scope);
    const later = select.andWhere('event.sequence > :sequence', { sequence });
    return (await later.orderBy('event.sequence', 'ASC').limit(limit).getMany()).map(visible);
  }

  /** Marks events as read by a user, or as unread again. */
  async mark(ids: readonly string[], userId: string, status: EventStatus): Promise<void> {
    const readers = this.#manager.createQueryBuilder();
    const rows = ids.map((eventId) => ({ eventId, userId }));
    if (status === 'read') await readers.insert().into(eventReaderSchema).values(rows).orIgnore().execute();
    else
      await readers
        .delete()
        .from(eventReaderSchema)
        .where('user_id = :userId', { userId })
        .andWhere('event_id IN (:...ids)', { ids })
        .execute();
  }

  /** Hides events from everybody; retention takes them once they are published. */
  async remove(ids: readonly string[], at: string): Promise<void> {
    const events = this.#manager.createQueryBuilder().update(eventSchema);
    await events.set({ deletedAt: at, updatedAt: at }).where('id IN (:...ids)', { ids }).execute();
  }

  /**
   * Makes a process the one that publishes until a time; true when it is. `now` and `until` are RFC 3339.
   */
  async lead(publisher: string, now: string, until: string): Promise<boolean> {
    const heads = this.#manager.createQueryBuilder().update(eventHeadSchema).set({ publisher, publisherUntil: until });
    const free = '(publisher = :me OR publisher_until < :now)';
    const { affected } = await heads.where(`id = :id AND ${free}`, { id: headId, me: publisher, now }).execute();
    return affected === 1;
  }

  /** Keeps how far events were published. */
  async keepPublished(sequence: number): Promise<void> {
    const heads = this.#manager.createQueryBuilder().update(eventHeadSchema);
    await heads.set({ published: sequence }).where({ id: headId }).execute();
  }

  /** Removes for good what is too old; how many there were. */
  async prune({ before, keep, limit }: EventRetention): Promise<number> {
    const { sequence, published } = await this.head();
    const read = 'EXISTS (SELECT 1 FROM event_readers r WHERE r.event_id = event.id AND r.user_id = event.owner)';
    const old = `(event.created_at < :before AND (event.severity NOT IN (:...failures) OR ${read}))`;
    const removed = '(event.deleted_at IS NOT NULL AND event.sequence <= :published)';
    const found = await this.#select()
      .select('event.id')
      .where(`${old} OR ${removed} OR event.sequence <= :last`)
      .setParameters({ before, failures: failureSeverities, published, last: sequence - keep })
      .orderBy('event.sequence', 'ASC')
      .limit(limit)
      .getMany();
    if (found.length === 0) return 0;
    const ids = found.map(({ id }) => id);
    await this.#manager.createQueryBuilder().delete().from(eventSchema).whereInIds(ids).execute();
    return ids.length;
  }

  #select(): Select {
    return this.#manager.getRepository<StoredEvent>(eventSchema).createQueryBuilder('event');
  }

  #scoped({ userId, organizationIds }: EventScope): Select {
    const own = '(event.organizationId IS NULL AND event.owner = :userId)';
    const shared = organizationIds.length === 0 ? own : `(event.organizationId IN (:...organizationIds) OR ${own})`;
    return this.#select().where('event.deletedAt IS NULL').andWhere(shared, { userId, organizationIds });
  }

  async #seen({ userId }: EventScope, events: readonly StoredEvent[]): Promise<readonly SeenEvent[]> {
    if (events.length === 0) return [];
    const ids = events.map(({ id }) => id);
    const readers = this.#manager.getRepository(eventReaderSchema).createQueryBuilder('reader');
    const found = await readers.where({ userId }).andWhere('reader.eventId IN (:...ids)', { ids }).getMany();
    const read = new Set(found.map(({ eventId }) => eventId));
    return events.map((event) => ({ ...visible(event), status: read.has(event.id) ? 'read' : 'unread' }));
  }
}

function narrowed(select: Select, scope: EventScope, filter: EventFilter, search?: string): Select {
  const anyOf = (field: string, values: readonly string[] | undefined): void => {
    if (values !== undefined) select.andWhere(`event.${field} IN (:...${field})`, { [field]: values });
  };
  anyOf('category', filter.categories);
  anyOf('action', filter.actions);
  anyOf('severity', filter.severities);
  anyOf('actedUpon', filter.actedUpon);
  if (filter.status !== undefined)
    select.andWhere(filter.status === 'read' ? isRead : `NOT ${isRead}`, { reader: scope.userId });
  if (search !== undefined && search !== '') {
    const conditions = ['description', 'category', 'action'].map(
      (field) => `LOWER(event.${field}) LIKE LOWER(:search) ESCAPE '\\'`,
    );
    select.andWhere(new Brackets((any) => any.where(conditions.join(' OR '))), { search: likePattern(search) });
  }
  return select;
}

function visible({ deletedAt: _hidden, ...event }: StoredEvent): EventRecord {
  return event;
}
