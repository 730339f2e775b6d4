import type { ObjectFilter } from '@meshery/store';
import { designIdLabel } from '@meshery/contracts';
import { badParameter, repeated, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

const maxClusters = 500;
const maxSearchLength = 253;

/** Reads the selection that list, export and event stream share. Throws `meshery-core-1001`. */
export function parseFilter(query: RawQuery, clusterIds: readonly string[] | 'all'): ObjectFilter {
  const kinds = repeated(query, 'kind');
  const namespaces = repeated(query, 'namespace');
  const apiVersions = repeated(query, 'apiVersion');
  const models = repeated(query, 'model');
  const labels = parseLabels(query);
  const search = parseSearch(query);
  return {
    clusterIds,
    ...(kinds === undefined ? {} : { kinds }),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(apiVersions === undefined ? {} : { apiVersions }),
    ...(models === undefined ? {} : { models }),
    ...(labels.length === 0 ? {} : { labels }),
    ...(search === undefined ? {} : { search }),
  };
}

/** `clusterIds=["<id>"]`: a JSON array; omitted selects nothing, `["all"]` (addition) everything. */
export function parseClusterIds(query: RawQuery): readonly string[] | 'all' {
  const given = query.clusterIds;
  if (given === undefined) return [];
  if (typeof given !== 'string') throw badParameter('clusterIds', 'may be given only once');
  return checkClusterIds(parseJson(given));
}

/** A list of cluster ids, of which "all" is one that stands for every one. Throws `meshery-core-1001`. */
export function checkClusterIds(given: unknown): readonly string[] | 'all' {
  if (!Array.isArray(given)) throw badParameter('clusterIds', 'must be a JSON array of cluster ids');
  if (given.length > maxClusters) throw badParameter('clusterIds', `may have at most ${String(maxClusters)} entries`);
  if (!given.every(isId)) throw badParameter('clusterIds', 'may name cluster ids only, of 1 to 253 characters');
  return given.includes('all') ? 'all' : given;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 253;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseLabels(query: RawQuery): { key: string; value: string }[] {
  const labels = (repeated(query, 'label') ?? []).map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw badParameter('label', 'must have the form key=value');
    return { key: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });
  const design = single(query, 'patternId');
  return design === undefined || design === '' ? labels : [...labels, { key: designIdLabel, value: design }];
}

function parseSearch(query: RawQuery): string | undefined {
  const search = single(query, 'search');
  if (search === undefined || search === '') return undefined;
  if (search.length > maxSearchLength)
    throw badParameter('search', `may have at most ${String(maxSearchLength)} characters`);
  return search;
}
