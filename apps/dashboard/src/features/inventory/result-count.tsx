'use client';

import Typography from '@mui/material/Typography';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { InventoryListState } from './inventory-list.ts';

const announceEveryMs = 3_000;

/** Repeats a text for screen readers, at most every few seconds while it keeps changing. */
function useThrottled(text: string): string {
  const [said, setSaid] = useState('');
  const lastAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(300, lastAt.current + announceEveryMs - Date.now());
    const timer = setTimeout(() => {
      lastAt.current = Date.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}

type Translate = ReturnType<typeof useTranslations<'inventory'>>;

function resultText(t: Translate, total: number, phase: InventoryListState['phase']): string {
  if (phase === 'loading') return t('loading');
  return phase === 'failed' && total === 0 ? t('failed') : t('count', { count: total });
}

/** The number of matching objects, seen and announced. */
export function ResultCount({ total, phase }: { total: number; phase: InventoryListState['phase'] }) {
  const t = useTranslations('inventory');
  const text = resultText(t, total, phase);
  const said = useThrottled(text);
  return (
    <>
      <Typography aria-hidden variant="body2" sx={{ fontWeight: 600, mr: 0.5 }}>
        {text}
      </Typography>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}
