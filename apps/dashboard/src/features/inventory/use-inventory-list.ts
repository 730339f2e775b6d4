'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { fetchCount, fetchPage } from '../../api/inventory-api.ts';
import type { InventoryFilter, InventorySort } from '../../api/inventory-query.ts';
import { useLiveFeed } from '../live/live-provider.tsx';
import { InventoryList, loadingState, type InventoryListState } from './inventory-list.ts';

function nothing(): () => void {
  return () => undefined;
}

export interface LiveInventory {
  readonly state: InventoryListState;
  /** The rows shown belong to the selection before; those of the new one are on their way. */
  readonly outdated: boolean;
  readonly reach: (visibleEnd: number) => void;
  readonly retry: () => void;
}

/** The live rows of a selection; a new selection keeps the old rows on the screen until its own have come. */
export function useInventoryList(
  filter: InventoryFilter,
  sort: InventorySort,
  clusterIds: readonly string[],
): LiveInventory {
  const feed = useLiveFeed();
  const [list, setList] = useState<InventoryList>();
  const selection = JSON.stringify({ filter, sort, clusterIds });
  useEffect(() => {
    if (feed === undefined) return undefined;
    const request = JSON.parse(selection) as { filter: InventoryFilter; sort: InventorySort; clusterIds: string[] };
    const next = new InventoryList({ request, feed, fetchPage, fetchCount });
    void next.start();
    setList(next);
    return () => next.stop();
  }, [feed, selection]);
  const current = useSyncExternalStore(
    list?.subscribe ?? nothing,
    () => list?.state() ?? loadingState,
    () => loadingState,
  );
  const shown = useRef(current);
  if (current.phase !== 'loading') shown.current = current;
  const outdated = current.phase === 'loading' && shown.current.phase === 'ready';
  return {
    state: outdated ? shown.current : current,
    outdated,
    reach: (visibleEnd) => void list?.reach(visibleEnd),
    retry: () => void list?.reload(),
  };
}
