import type { Page, PerformanceProfile, PerformanceResult } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Provider, ResultFilter, ResultTotals } from '../../provider/provider.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { recordIdOf } from '../records/record-query.ts';
import { countOf, followKept, pageFields, stampsOf, textOf, textsOf } from './kept-values.ts';
import type { RecordOperationsParts } from './kept-values.ts';
import { pageQueryOf, resultQueryOf } from './page-filter.ts';
import type { PageFilter } from './page-filter.ts';
import type { Answer, Follow } from './with-published.ts';

interface OfPage {
  readonly selector: PageFilter;
}
type OfProfile = OfPage & { readonly profileID: string };

/** Reads a page of what a provider keeps. */
type ReadPage = (ctx: RequestContext, provider: Provider) => Promise<object>;

/** Queries of load tests that can be run again, and of what they found. */
export function performanceAnswers({ providers }: RecordOperationsParts): Readonly<Record<string, Answer>> {
  const answer = ({ ctx }: GraphqlContext, read: ReadPage) => read(ctx, providers.of(ctx));
  return {
    getPerfResult: async ({ id }: { readonly id: string }, { ctx }: GraphqlContext) =>
      resultView(await providers.of(ctx).records.performanceResults.get(ctx, recordIdOf(id))),
    fetchResults: async (args: OfProfile, context: GraphqlContext) => answer(context, resultsOfProfile(args)),
    fetchAllResults: async (args: OfPage, context: GraphqlContext) => answer(context, results(args)),
    getPerformanceProfiles: async (args: OfPage, context: GraphqlContext) => answer(context, profiles(args)),
  };
}

/** The same as subscriptions. */
export function performanceFollows(parts: RecordOperationsParts): Readonly<Record<string, Follow>> {
  const follow = (context: GraphqlContext, read: ReadPage) =>
    followKept(parts, context, (provider) => read(context.ctx, provider));
  return {
    subscribePerfProfiles: (args: OfPage, context: GraphqlContext) => follow(context, profiles(args)),
    subscribePerfResults: (args: OfProfile, context: GraphqlContext) => follow(context, resultsOfProfile(args)),
  };
}

function profiles({ selector }: OfPage): ReadPage {
  const query = pageQueryOf(selector);
  return async (ctx, { records }) => {
    const page = await records.performanceProfiles.page(ctx, {}, query);
    const ids = page.items.map(({ id }) => id);
    const totals = await records.performanceResults.totals(ctx, ids);
    return { ...pageFields(page), profiles: page.items.map((profile) => profileView(profile, totals.get(profile.id))) };
  };
}

function results({ selector }: OfPage, filter: ResultFilter = {}): ReadPage {
  const { query, within } = resultQueryOf(selector);
  return async (ctx, { records }) =>
    resultsView(await records.performanceResults.page(ctx, { ...filter, ...within }, query));
}

/** A profile of somebody else has no results: it is not there. */
function resultsOfProfile({ selector, profileID }: OfProfile): ReadPage {
  const performanceProfile = recordIdOf(profileID);
  const read = results({ selector }, { performanceProfile });
  return async (ctx, provider) => {
    await provider.records.performanceProfiles.get(ctx, performanceProfile);
    return read(ctx, provider);
  };
}

function resultsView(page: Page<PerformanceResult>): object {
  return { ...pageFields(page), results: page.items.map(resultView) };
}

function profileView(profile: PerformanceProfile, totals: ResultTotals | undefined): object {
  return {
    ...stampsOf(profile),
    id: textOf(profile.id),
    name: textOf(profile.name),
    concurrent_request: countOf(profile.concurrentRequest),
    duration: textOf(profile.duration),
    endpoints: textsOf(profile.endpoints),
    load_generators: textsOf(profile.loadGenerators),
    qps: countOf(profile.qps),
    total_results: totals?.count ?? 0,
    last_run: totals?.lastRun,
    request_headers: textOf(profile.requestHeaders),
    request_cookies: textOf(profile.requestCookies),
    request_body: textOf(profile.requestBody),
    content_type: textOf(profile.contentType),
    service_mesh: textOf(profile.serviceMesh),
  };
}

function resultView(result: PerformanceResult): object {
  return {
    ...stampsOf(result),
    meshery_id: textOf(result.id),
    name: textOf(result.name),
    mesh: textOf(result.mesh),
    performance_profile: textOf(result.performanceProfile),
    test_id: textOf(result.testId),
    runner_results: result.runnerResults,
    server_metrics: textOf(result.serverMetrics),
    server_board_config: textOf(result.serverBoardConfig),
    test_start_time: textOf(result.testStartTime),
  };
}
