import type { ObjectFilter } from '@meshery/store';
import { badParameter, repeated, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

/** What GET /api/system/meshsync/resources/{id} was asked. Throws `meshery-core-1001`. */
export function parseObjectQuery(raw: RawQuery): { readonly format: 'component' | 'row' | 'kubernetes' } {
  const format = single(raw, 'format');
  if (format === undefined) return { format: 'component' };
  if (format === 'kubernetes' || format === 'row') return { format };
  throw badParameter('format', 'knows only "kubernetes" and "row"');
}

/** What GET /api/system/meshsync/resources/summary was asked: `clusterId` is required. Throws `meshery-core-1001`. */
export function parseSummaryQuery(raw: RawQuery): ObjectFilter {
  const clusterIds = repeated(raw, 'clusterId');
  if (clusterIds === undefined) throw badParameter('clusterId', 'is required');
  const namespaces = repeated(raw, 'namespace');
  return {
    clusterIds: clusterIds.includes('all') ? 'all' : clusterIds,
    ...(namespaces === undefined ? {} : { namespaces }),
  };
}
