'use client';

import { useFormatter } from 'next-intl';
import { formatAge } from './age.ts';
import { useNow } from './use-now.ts';

/** A moment as its age; the exact time is in the title and for machines in `dateTime`. */
export function AgeText({ moment, precision = 'tenSeconds' }: { moment: string; precision?: 'second' | 'tenSeconds' }) {
  const now = useNow(precision);
  const format = useFormatter();
  const age = formatAge(moment, now);
  if (age === '') return undefined;
  return (
    <time dateTime={moment} title={format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'medium' })}>
      {age}
    </time>
  );
}
