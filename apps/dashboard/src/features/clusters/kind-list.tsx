'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toggled } from '../common/toggled.ts';
import { useRovingList } from '../common/use-roving-list.ts';
import { isNotable, type KindEntry } from './kind-entries.ts';
import styles from './side-list.module.css';
import { KindStateLabel } from './state-label.tsx';

export interface KindListProps {
  readonly entries: readonly KindEntry[];
  readonly selected: readonly string[];
  readonly onSelect: (kinds: readonly string[]) => void;
}

const findSx = {
  px: 1.25,
  py: 0.25,
  mx: 0.5,
  mb: 0.75,
  fontSize: '0.8125rem',
  border: '1px solid',
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
};

function KindOptions({ entries, selected, onSelect }: KindListProps) {
  const t = useTranslations('kinds');
  const format = useFormatter();
  const roving = useRovingList(entries.length);
  return (
    <div
      role="listbox"
      aria-multiselectable
      aria-label={t('list')}
      className={styles['list']}
      onKeyDown={roving.onKeyDown}
    >
      {entries.map((entry, index) => (
        <div
          key={entry.kind}
          role="option"
          aria-selected={selected.includes(entry.kind)}
          tabIndex={roving.tabIndexOf(index)}
          className={styles['item']}
          title={entry.reason === '' ? entry.kind : `${entry.kind}: ${entry.reason}`}
          onClick={() => onSelect(toggled(selected, entry.kind))}
        >
          <span className={styles['text']}>{entry.kind}</span>
          {entry.state !== 'synced' && (
            <span className={styles['state']}>
              <KindStateLabel state={entry.state} />
            </span>
          )}
          <span className={styles['count']}>{format.number(entry.count)}</span>
        </div>
      ))}
    </div>
  );
}

function EmptyKindsToggle({ hidden, shown, onToggle }: { hidden: number; shown: boolean; onToggle: () => void }) {
  const t = useTranslations('kinds');
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', px: 1.25, py: 0.5 }}>
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {t('emptyHidden', { count: hidden })}
      </Typography>
      <Button onClick={onToggle} sx={{ minWidth: 0, py: 0 }}>
        {shown ? t('hideEmpty') : t('showEmpty')}
      </Button>
    </Box>
  );
}

/** The kinds with their counts and, where not synced, their state; choosing some filters the table. */
export function KindList({ entries, selected, onSelect }: KindListProps) {
  const t = useTranslations('kinds');
  const [find, setFind] = useState('');
  const [showEmpty, setShowEmpty] = useState(false);
  const found = entries.filter((entry) => entry.kind.toLowerCase().includes(find.toLowerCase()));
  const wanted = (entry: KindEntry): boolean => showEmpty || isNotable(entry) || selected.includes(entry.kind);
  const shown = find === '' ? found.filter(wanted) : found;
  const emptyCount = entries.filter((entry) => !isNotable(entry)).length;
  return (
    <>
      <InputBase
        value={find}
        onChange={(event) => setFind(event.target.value)}
        placeholder={t('find')}
        inputProps={{ 'aria-label': t('find'), type: 'search' }}
        sx={findSx}
      />
      {shown.length > 0 && <KindOptions entries={shown} selected={selected} onSelect={onSelect} />}
      {shown.length === 0 && (
        <Typography variant="caption" sx={{ px: 1.25, color: 'text.secondary' }}>
          {t('none')}
        </Typography>
      )}
      {find === '' && emptyCount > 0 && (
        <EmptyKindsToggle hidden={emptyCount} shown={showEmpty} onToggle={() => setShowEmpty(!showEmpty)} />
      )}
    </>
  );
}
