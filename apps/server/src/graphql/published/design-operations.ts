import type { DesignRecord, Filter, Page } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Provider } from '../../provider/provider.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { followKept, pageFields, stampsOf, textOf } from './kept-values.ts';
import type { RecordOperationsParts } from './kept-values.ts';
import { catalogQueryOf, pageQueryOf } from './page-filter.ts';
import type { CatalogSelector, PageFilter } from './page-filter.ts';
import type { Answer, Follow } from './with-published.ts';

interface OfPage {
  readonly selector: PageFilter;
}
interface OfCatalog {
  readonly selector?: CatalogSelector | null;
}
type OfConfiguration = Readonly<Record<'applicationSelector' | 'patternSelector' | 'filterSelector', PageFilter>>;

/** Queries of designs and filters: those that the user may see, and those of the catalog. */
export function designAnswers({ providers }: RecordOperationsParts): Readonly<Record<string, Answer>> {
  return {
    fetchPatterns: async ({ selector }: OfPage, { ctx }: GraphqlContext) =>
      patternPage(await providers.of(ctx).designs.page(ctx, {}, pageQueryOf(selector))),
    fetchPatternCatalogContent: async ({ selector }: OfCatalog, { ctx }: GraphqlContext) =>
      (await providers.of(ctx).records.catalog.designs(ctx, catalogQueryOf(selector))).items.map(patternView),
    fetchFilterCatalogContent: async ({ selector }: OfCatalog, { ctx }: GraphqlContext) =>
      (await providers.of(ctx).records.catalog.filters(ctx, catalogQueryOf(selector))).items.map(filterView),
  };
}

/** The same as a subscription. */
export function designFollows(parts: RecordOperationsParts): Readonly<Record<string, Follow>> {
  return {
    subscribeConfiguration: (args: OfConfiguration, context: GraphqlContext) => {
      const read = configuration(args);
      return followKept(parts, context, (provider) => read(context.ctx, provider));
    },
  };
}

/** What older clients call an application is a design here, so that there are none. */
function configuration(args: OfConfiguration): (ctx: RequestContext, provider: Provider) => Promise<object> {
  const [ofApplications, ofPatterns, ofFilters] = [
    pageQueryOf(args.applicationSelector),
    pageQueryOf(args.patternSelector),
    pageQueryOf(args.filterSelector),
  ];
  const applications = { ...pageFields({ ...ofApplications, totalCount: 0 }), applications: [] };
  return async (ctx, { designs, records }) => {
    const filters = await records.filters.page(ctx, {}, ofFilters);
    const patterns = patternPage(await designs.page(ctx, {}, ofPatterns));
    return { patterns, applications, filters: { ...pageFields(filters), filters: filters.items.map(filterView) } };
  };
}

function patternPage(page: Page<DesignRecord>): object {
  return { ...pageFields(page), patterns: page.items.map(patternView) };
}

function patternView(design: DesignRecord): object {
  return {
    ...stampsOf(design),
    id: textOf(design.id),
    name: textOf(design.name),
    location: locationView(design.location),
    pattern_file: textOf(design.patternFile),
    visibility: textOf(design.visibility),
    canSupport: true,
  };
}

function filterView(filter: Filter): object {
  return {
    ...stampsOf(filter),
    id: textOf(filter.id),
    name: textOf(filter.name),
    filter_file: textOf(filter.filterFile),
    filter_resource: textOf(filter.filterResource),
    location: locationView(filter.location),
    visibility: textOf(filter.visibility),
    catalog_data: filter.catalogData,
  };
}

function locationView(location: Readonly<Record<string, unknown>> | undefined): object {
  const fields = ['branch', 'host', 'path', 'type'].map((name) => [name, textOf(location?.[name])]);
  return Object.fromEntries(fields) as object;
}
