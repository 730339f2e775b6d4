'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { fetchObjectText } from '../../api/inventory-api.ts';
import { rowKey } from '../inventory/inventory-row.ts';
import type { FeedChange } from '../live/live-feed.ts';
import { useLiveFeed } from '../live/live-provider.tsx';
import { parseLossless } from './lossless-json.ts';
import { objectFacts, type ObjectFacts } from './object-facts.ts';

/** An object that changes all the time is read again at most this often. */
const refreshMs = 300;

export interface OpenObject {
  readonly facts: ObjectFacts | undefined;
  readonly value: unknown;
  readonly error: Error | undefined;
  /** When the delete was seen; the facts then are the last ones known. */
  readonly deletedAt: number | undefined;
  readonly retry: () => void;
}

function changeKey(change: FeedChange): string {
  const { event } = change;
  return event.event === 'upsert' ? rowKey({ id: event.data.id, uid: event.data.metadata.uid }) : rowKey(event.data);
}

/** Reads the object again after changes, and tells of its deletion. */
function useObjectChanges(key: string, refresh: () => void): number | undefined {
  const feed = useLiveFeed();
  const [deleted, setDeleted] = useState<{ readonly key: string; readonly at: number }>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, refreshMs);
    };
    const stop = feed?.listen({
      changes: (changes) => {
        const last = changes.findLast((change) => changeKey(change) === key);
        if (last === undefined) return;
        if (last.event.event === 'delete') setDeleted({ key, at: Date.now() });
        else {
          setDeleted(undefined);
          refreshSoon();
        }
      },
      reset: refreshSoon,
    });
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [feed, key, refresh]);
  return deleted?.key === key ? deleted.at : undefined;
}

interface Parsed {
  readonly value?: unknown;
  readonly facts?: ObjectFacts;
  readonly error?: Error;
}

function parse(text: string | undefined): Parsed {
  if (text === undefined) return {};
  try {
    const value = parseLossless(text);
    return { value, facts: objectFacts(value) };
  } catch (reason) {
    return { error: reason instanceof Error ? reason : new Error(String(reason)) };
  }
}

/** The whole object behind a key, kept up to date while it is open. */
export function useObject(key: string): OpenObject {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['object', key],
    queryFn: ({ signal }) => fetchObjectText(key, signal),
    staleTime: 1_000,
  });
  const refresh = useMemo(() => () => void client.invalidateQueries({ queryKey: ['object', key] }), [client, key]);
  const deletedAt = useObjectChanges(key, refresh);
  const { value, facts, error } = useMemo(() => parse(query.data), [query.data]);
  return {
    facts,
    value,
    error: query.data === undefined || deletedAt === undefined ? (query.error ?? error) : undefined,
    deletedAt,
    retry: () => void query.refetch(),
  };
}
