'use client';

import { useState, type KeyboardEvent } from 'react';

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, count) => count - 1,
};

export interface RovingList {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** 0 for the one item that Tab reaches, -1 for the others. */
  readonly tabIndexOf: (index: number) => 0 | -1;
}

/** Makes the `role=option` children of a list one tab stop with arrow keys; Enter and Space click. */
export function useRovingList(count: number): RovingList {
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, count - 1));
  return {
    tabIndexOf: (index) => (index === current ? 0 : -1),
    onKeyDown: (event) => {
      if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLElement) {
        event.preventDefault();
        event.target.click();
        return;
      }
      const step = steps[event.key];
      if (step === undefined || count === 0) return;
      event.preventDefault();
      const next = step(current, count);
      setActive(next);
      event.currentTarget.querySelectorAll<HTMLElement>('[role=option]')[next]?.focus();
    },
  };
}
