'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResourceSummary } from '@meshery/contracts';
import { useEffect } from 'react';
import { fetchSummary } from '../../api/inventory-api.ts';
import { useLiveFeed } from '../live/live-provider.tsx';

/** Counts follow changes at most this often. */
const refreshMs = 1_000;

/** Counts per kind, namespaces and labels of the clusters, renewed while changes come in. */
export function useSummary(clusterIds: readonly string[]): ResourceSummary | undefined {
  const feed = useLiveFeed();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['summary', clusterIds],
    queryFn: ({ signal }) => fetchSummary(clusterIds, signal),
    enabled: clusterIds.length > 0,
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['summary'] }, { cancelRefetch: false });
      }, refreshMs);
    };
    const stop = feed?.listen({ changes: refreshSoon, reset: refreshSoon });
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [feed, client]);
  return query.data;
}
