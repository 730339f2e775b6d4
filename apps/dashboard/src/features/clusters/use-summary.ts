'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ResourceSummary } from '@meshery/contracts';
import { fetchSummary } from '../../api/inventory-api.ts';
import { useRefreshOnChanges } from '../live/use-refresh-on-changes.ts';

const summaryKey = 'summary';

/** Counts per kind, namespaces and labels of the clusters, renewed while changes come in. */
export function useSummary(clusterIds: readonly string[]): ResourceSummary | undefined {
  const query = useQuery({
    queryKey: [summaryKey, clusterIds],
    queryFn: ({ signal }) => fetchSummary(clusterIds, signal),
    enabled: clusterIds.length > 0,
    placeholderData: keepPreviousData,
  });
  useRefreshOnChanges(summaryKey);
  return query.data;
}
