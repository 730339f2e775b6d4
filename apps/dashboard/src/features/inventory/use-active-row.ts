'use client';

import { useState } from 'react';
import type { RowSnapshot } from './row-store.ts';

/** The active row: by key once it is loaded, so that it stays the same while rows come and go. */
export interface ActiveRow {
  readonly index: number;
  readonly key: string | undefined;
}

export interface ActiveRowState {
  readonly activeKey: string | undefined;
  /** Where the active row is now; -1 when there is none. */
  readonly activeIndex: number;
  readonly activate: (row: ActiveRow) => void;
}

/** Remembers the active row; until one is chosen it is the open one. */
export function useActiveRow({ rows }: RowSnapshot, openKey: string | undefined): ActiveRowState {
  const [active, activate] = useState<ActiveRow>();
  const key = active === undefined ? openKey : (active.key ?? rows[active.index]?.key);
  if (active !== undefined && active.key === undefined && key !== undefined) activate({ ...active, key });
  const found = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
  const activeIndex = found < 0 && active !== undefined && active.key === undefined ? active.index : found;
  return { activeKey: key, activeIndex, activate };
}
