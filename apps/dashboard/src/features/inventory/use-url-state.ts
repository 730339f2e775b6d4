'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { formatUrlState, initialUrlState, parseUrlState, type InventoryUrlState } from './url-state.ts';

const changedEvent = 'meshery:address';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(changedEvent, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(changedEvent, listener);
  };
}

export type ChangeUrlState = (change: Partial<InventoryUrlState>, history?: 'push' | 'replace') => void;

/** The state in the address bar; `push` makes the Back button return to the state before. */
export function useUrlState(): readonly [InventoryUrlState, ChangeUrlState] {
  const search = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => '',
  );
  const state = useMemo(() => (search === '' ? initialUrlState : parseUrlState(search)), [search]);
  const change = useCallback<ChangeUrlState>((part, history = 'replace') => {
    const next = formatUrlState({ ...parseUrlState(window.location.search), ...part });
    if (next === window.location.search) return;
    const address = `${window.location.pathname}${next}`;
    if (history === 'push') window.history.pushState(window.history.state, '', address);
    else window.history.replaceState(window.history.state, '', address);
    window.dispatchEvent(new Event(changedEvent));
  }, []);
  return [state, change];
}
