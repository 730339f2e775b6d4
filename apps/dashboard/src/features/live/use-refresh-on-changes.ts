'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLiveFeed } from './live-provider.tsx';

/** What follows changes is read again at most this often. */
const refreshMs = 1_000;

/** Reads what is kept under a key again while changes come in. */
export function useRefreshOnChanges(key: string): void {
  const feed = useLiveFeed();
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false });
      }, refreshMs);
    };
    const stop = feed?.listen({ changes: refreshSoon, reset: refreshSoon });
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [feed, client, key]);
}
