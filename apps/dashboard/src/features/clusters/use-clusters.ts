'use client';

import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ClusterStatus } from '@meshery/contracts';
import { useEffect } from 'react';
import { fetchClusters } from '../../api/inventory-api.ts';
import { useLiveFeed } from '../live/live-provider.tsx';
import { useRefreshOnChanges } from '../live/use-refresh-on-changes.ts';

const clustersKey = 'clusters';
/** Ages move without events; states and counts come by the change stream. */
const pollMs = 10_000;

/** Every known cluster with the state of its kinds. */
export function useClusters(): UseQueryResult<readonly ClusterStatus[]> {
  return useQuery({
    queryKey: [clustersKey],
    queryFn: ({ signal }) => fetchClusters(signal).then((list) => list.clusters),
    refetchInterval: pollMs,
  });
}

/** Reads the clusters again as soon as the stream tells of a state, and while objects change: data age and counts. */
export function useLiveClusters(): void {
  const feed = useLiveFeed();
  const client = useQueryClient();
  useEffect(() => {
    const refresh = (): void => void client.invalidateQueries({ queryKey: [clustersKey] });
    return feed?.listen({ clusters: refresh, reset: refresh });
  }, [feed, client]);
  useRefreshOnChanges(clustersKey);
}
