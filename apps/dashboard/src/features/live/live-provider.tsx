'use client';

import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { changeStreamUrl, type StreamRequest } from '../../api/inventory-api.ts';
import { LiveFeed, type FeedState } from './live-feed.ts';

const LiveContext = createContext<LiveFeed | undefined>(undefined);

/** A hidden page gives its connection back after this time; browsers allow only six per server. */
const hiddenPatienceMs = 30_000;

function followVisibility(feed: LiveFeed): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onChange = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => feed.pause(), hiddenPatienceMs);
    else if (feed.state() === 'paused') feed.connect();
  };
  document.addEventListener('visibilitychange', onChange);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onChange);
  };
}

/** Holds the one change stream of the page for the given clusters. */
export function LiveProvider({ clusterIds, labels, children }: StreamRequest & { children: ReactNode }) {
  const address = JSON.stringify({ clusterIds, labels });
  const [feed, setFeed] = useState<LiveFeed>();
  useEffect(() => {
    const request = JSON.parse(address) as StreamRequest;
    if (request.clusterIds.length === 0) return undefined;
    const next = new LiveFeed({ open: (since) => new EventSource(changeStreamUrl(request, since)) });
    next.connect();
    setFeed(next);
    const stopFollowing = followVisibility(next);
    return () => {
      stopFollowing();
      next.close();
    };
  }, [address]);
  return <LiveContext value={feed}>{children}</LiveContext>;
}

/** The change stream, undefined until the first cluster is known. */
export function useLiveFeed(): LiveFeed | undefined {
  return use(LiveContext);
}

function nothing(): () => void {
  return () => undefined;
}

export function useFeedState(): FeedState {
  const feed = useLiveFeed();
  return useSyncExternalStore(
    feed?.onState ?? nothing,
    () => feed?.state() ?? 'connecting',
    () => 'connecting',
  );
}
