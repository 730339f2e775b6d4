'use client';

import { useSyncExternalStore } from 'react';

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly now: () => number;
}

function createTicker(everyMs: number): Ticker {
  const floor = (): number => Math.floor(Date.now() / everyMs) * everyMs;
  return {
    subscribe: (listener) => {
      const timer = setInterval(listener, everyMs);
      return () => clearInterval(timer);
    },
    now: floor,
  };
}

const everySecond = createTicker(1_000);
const everyTenSeconds = createTicker(10_000);

/** The time in milliseconds, renewed each second, or each ten seconds for many small ages at once. */
export function useNow(precision: 'second' | 'tenSeconds'): number {
  const ticker = precision === 'second' ? everySecond : everyTenSeconds;
  return useSyncExternalStore(ticker.subscribe, ticker.now, () => 0);
}
