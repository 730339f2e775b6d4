import type { Page, PageQuery, PerformanceResult } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { slicePage } from '../../rest/slice-page.ts';
import type { PerformanceResults, ResultFilter, ResultTotals } from '../provider.ts';
import { RemoteCollection } from './remote-collection.ts';
import type { RemoteRequests } from './remote-requests.ts';

type Draft = Parameters<PerformanceResults['create']>[1];
type Patch = Parameters<PerformanceResults['update']>[2];

/** Results of load tests at a remote provider; the protocol knows no selection of them, so that it is made here. */
export class RemoteResults
  extends RemoteCollection<PerformanceResult, Draft, Patch, ResultFilter>
  implements PerformanceResults
{
  constructor(requests: RemoteRequests) {
    super(requests, 'persist-results');
  }

  override async page(ctx: RequestContext, filter: ResultFilter, query: PageQuery): Promise<Page<PerformanceResult>> {
    const { performanceProfile, from, to, ...rest } = filter;
    if (performanceProfile === undefined && from === undefined && to === undefined) {
      return super.page(ctx, rest, query);
    }
    const found = (await this.all(ctx, rest)).filter(
      (result) =>
        (performanceProfile === undefined || result.performanceProfile === performanceProfile) &&
        (from === undefined || result.testStartTime >= from) &&
        (to === undefined || result.testStartTime < to),
    );
    return slicePage(found, query, ['name']);
  }

  async totals(ctx: RequestContext, profiles: readonly string[]): Promise<ReadonlyMap<string, ResultTotals>> {
    const totals = new Map<string, ResultTotals>();
    if (profiles.length === 0) return totals;
    for (const { performanceProfile: id, testStartTime } of await this.all(ctx, {})) {
      if (!profiles.includes(id)) continue;
      const { count, lastRun } = totals.get(id) ?? { count: 0, lastRun: '' };
      totals.set(id, { count: count + 1, lastRun: testStartTime > lastRun ? testStartTime : lastRun });
    }
    return totals;
  }
}
