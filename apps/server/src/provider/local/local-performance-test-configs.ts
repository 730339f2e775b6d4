import type { Page, PageQuery, PerformanceTestConfig, PerformanceTestConfigDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import type { PerformanceTestConfigs } from '../provider.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound } from './tenancy.ts';

const kind = 'performance test';

/** Performance tests that users keep, each for its user alone. */
export class LocalPerformanceTestConfigs implements PerformanceTestConfigs {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  page(ctx: RequestContext, query: PageQuery): Promise<Page<PerformanceTestConfig>> {
    return this.#parts.store.read((data) => data.performanceTestConfigs.page({ owner: ctx.user.userId }, query));
  }

  get(ctx: RequestContext, id: string): Promise<PerformanceTestConfig> {
    return this.#parts.store.read((data) => find(data, ctx, id));
  }

  keep(ctx: RequestContext, { id, ...config }: PerformanceTestConfigDraft): Promise<PerformanceTestConfig> {
    const now = timestamp(this.#parts.clock);
    const fields = { name: config.name, config, updatedAt: now };
    return this.#parts.store.change(async (data) => {
      if (id !== undefined && id !== null) {
        const known = await find(data, ctx, id.toLowerCase());
        await data.performanceTestConfigs.update(known.id, fields);
        return { ...known, ...fields };
      }
      const made = { id: this.#parts.newId(), owner: ctx.user.userId, createdAt: now, ...fields };
      await data.performanceTestConfigs.insert(made);
      return made;
    });
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#parts.store.change(async (data) => {
      if ((await data.performanceTestConfigs.remove({ id, owner: ctx.user.userId })) === 0) throw notFound(kind);
    });
  }
}

async function find(data: UserData, ctx: RequestContext, id: string): Promise<PerformanceTestConfig> {
  const found = await data.performanceTestConfigs.find({ id, owner: ctx.user.userId });
  if (found === undefined) throw notFound(kind);
  return found;
}
