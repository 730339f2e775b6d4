import type { RequestContext } from '@meshery/observability';
import type { LinkTable, UserData } from '@meshery/store';
import type { Links } from '../provider.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound } from './tenancy.ts';

/** What is known of one end of a link. */
interface EndFacts {
  readonly organizationId: string;
  readonly name: string;
}

/** Makes sure that the user may change the end of a link, and says which organization it is in. */
type OwnEnd = (data: UserData, ctx: RequestContext, id: string) => Promise<EndFacts>;
/** The same of the other end, which may depend on the first. */
type OtherEnd = (data: UserData, ctx: RequestContext, id: string, own: EndFacts) => Promise<EndFacts>;

/** What differs between one kind of link and the next. */
export interface LocalLinksShape<Row extends object> {
  /** What the two ends are called, e.g. "workspace" and "environment". */
  readonly kinds: readonly [own: string, other: string];
  readonly ends: readonly [own: OwnEnd, other: OtherEnd];
  readonly table: (data: UserData) => LinkTable<Row>;
  readonly row: (id: string, otherId: string, createdAt: string) => Row;
  readonly key: (id: string, otherId: string) => Partial<Row>;
}

/** Links between records of one organization, kept in the Local provider's store. */
export class LocalLinks<Row extends object> implements Links {
  readonly #parts: LocalParts;
  readonly #shape: LocalLinksShape<Row>;

  constructor(parts: LocalParts, shape: LocalLinksShape<Row>) {
    this.#parts = parts;
    this.#shape = shape;
  }

  assign(ctx: RequestContext, id: string, otherId: string): Promise<void> {
    const { table, row } = this.#shape;
    return this.#change(ctx, [id, otherId], 'assign', async (data) => {
      await table(data).add(row(id, otherId, timestamp(this.#parts.clock)));
    });
  }

  unassign(ctx: RequestContext, id: string, otherId: string): Promise<void> {
    const { table, key, kinds } = this.#shape;
    return this.#change(ctx, [id, otherId], 'unassign', async (data) => {
      if ((await table(data).remove(key(id, otherId))) === 0) throw notFound(`${kinds[1]} of the ${kinds[0]}`);
    });
  }

  #change(
    ctx: RequestContext,
    [id, otherId]: readonly [string, string],
    action: string,
    work: (data: UserData) => Promise<void>,
  ): Promise<void> {
    const { kinds, ends } = this.#shape;
    return this.#parts.store.change(async (data) => {
      const own = await ends[0](data, ctx, id);
      const other = await ends[1](data, ctx, otherId, own);
      // Records of two organizations never meet, even where somebody is in both.
      if (own.organizationId !== other.organizationId) throw notFound(kinds[1]);
      await work(data);
      const description = `${kinds[1]} "${other.name}" ${action}ed: ${kinds[0]} "${own.name}".`;
      const { organizationId } = own;
      await this.#parts.notes.note(data, ctx, {
        category: kinds[0],
        action,
        actedUpon: id,
        organizationId,
        description,
      });
    });
  }
}
