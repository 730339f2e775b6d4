'use client';

import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { InventoryRow } from './inventory-row.ts';

interface Anchor {
  readonly key: string;
  readonly index: number;
}

function anchorAt(element: HTMLElement, rows: readonly InventoryRow[], rowHeight: number): Anchor | undefined {
  if (element.scrollTop <= 0) return undefined;
  const index = Math.floor(element.scrollTop / rowHeight);
  const row = rows[index];
  return row === undefined ? undefined : { key: row.key, index };
}

/** Keeps the first visible row where it is when rows come and go above it; at the very top new rows show. */
export function useScrollAnchor(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly InventoryRow[],
  rowHeight: number,
): void {
  const anchor = useRef<Anchor>(undefined);
  const current = useRef(rows);
  useLayoutEffect(() => {
    current.current = rows;
    const element = scroller.current;
    if (element === null) return;
    const kept = anchor.current;
    if (kept !== undefined && rows[kept.index]?.key !== kept.key) {
      const index = rows.findIndex((row) => row.key === kept.key);
      if (index >= 0) element.scrollTop += (index - kept.index) * rowHeight;
    }
    anchor.current = anchorAt(element, rows, rowHeight);
  }, [scroller, rows, rowHeight]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onScroll = (): void => {
      anchor.current = anchorAt(element, current.current, rowHeight);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, rowHeight]);
}
