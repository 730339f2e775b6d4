'use client';

import type { KeyboardEvent, RefObject } from 'react';

/** Where a key leads, given the current row (-1 for none), the number of rows and the rows of one page. */
const moves: Readonly<Record<string, (index: number, count: number, page: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, _count, page) => Math.max(index, 0) + page,
  PageUp: (index, _count, page) => index - page,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

export interface GridKeyboardOptions {
  readonly grid: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly activeIndex: number;
  readonly pageRows: () => number;
  readonly onMove: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onClose: () => void;
}

function headerButtons(grid: HTMLElement | null): readonly HTMLElement[] {
  return grid === null ? [] : [...grid.querySelectorAll<HTMLElement>('[role=columnheader] button')];
}

/** Arrows walk the header, Down returns to the rows; Enter and Space stay with the button. */
function onHeaderKey(event: KeyboardEvent, grid: HTMLElement | null): void {
  const buttons = headerButtons(grid);
  const at = buttons.indexOf(event.target as HTMLElement);
  const next = { ArrowRight: buttons[at + 1], ArrowLeft: buttons[at - 1], ArrowDown: grid, Escape: grid }[event.key];
  if (next === undefined || next === null) return;
  event.preventDefault();
  next.focus();
}

/** The keys of the table; the grid itself keeps the focus and names its active row. */
export function useGridKeyboard(options: GridKeyboardOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const onRowKey = (event: KeyboardEvent): boolean => {
    const { activeIndex, count } = options;
    if (event.key === 'Escape') options.onClose();
    else if (event.key === 'Enter' && activeIndex >= 0) options.onOpen(activeIndex);
    else if (event.key === 'ArrowUp' && activeIndex <= 0) headerButtons(options.grid.current)[0]?.focus();
    else {
      const move = moves[event.key];
      if (move === undefined || count === 0) return false;
      options.onMove(Math.max(0, Math.min(count - 1, move(activeIndex, count, options.pageRows()))));
    }
    return true;
  };
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== options.grid.current) onHeaderKey(event, options.grid.current);
    else if (onRowKey(event)) event.preventDefault();
  };
}
