'use client';

import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { ResourceSummary } from '@meshery/contracts';
import { useTranslations } from 'next-intl';
import { useMemo, useState, type ReactNode, type RefObject } from 'react';
import { formatLabel, parseLabel, type InventoryFilter } from '../../api/inventory-query.ts';
import { FilterChips } from './filter-chips.tsx';
import { SearchField } from './search-field.tsx';

export interface FilterBarProps {
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly filter: InventoryFilter;
  readonly summary: ResourceSummary | undefined;
  readonly clusterName: (id: string) => string;
  readonly onFilter: (change: Partial<InventoryFilter>) => void;
  readonly onLeave: () => void;
  /** What stands before the fields on narrow screens. */
  readonly start?: ReactNode;
  /** What stands at the end of the line, such as the number of results. */
  readonly end: ReactNode;
}

const suggestionLimit = 100;

function firstMatching(options: readonly string[], text: string): string[] {
  const part = text.toLowerCase();
  const found: string[] = [];
  for (const option of options) {
    if (option.toLowerCase().includes(part)) found.push(option);
    if (found.length === suggestionLimit) break;
  }
  return found;
}

interface PickerProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly options: readonly string[];
  readonly freeSolo?: boolean;
  readonly error?: string | undefined;
  readonly onPick: (value: string) => void;
}

/** A field that adds one value at a time; what was added shows as chips below. */
function Picker({ label, placeholder, options, freeSolo = false, error, onPick }: PickerProps) {
  const [text, setText] = useState('');
  return (
    <Autocomplete
      size="small"
      disablePortal
      freeSolo={freeSolo}
      options={options}
      value={null}
      inputValue={text}
      blurOnSelect={false}
      clearOnBlur={!freeSolo}
      filterOptions={(all) => firstMatching(all, text)}
      onInputChange={(_event, next, reason) => {
        if (reason !== 'selectOption' && reason !== 'reset') setText(next);
      }}
      onChange={(_event, value) => {
        if (typeof value !== 'string') return;
        onPick(value);
        setText('');
      }}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          placeholder={placeholder ?? ''}
          error={error !== undefined}
          helperText={error}
        />
      )}
      sx={{ flex: { xs: '1 1 130px', sm: '0 1 190px' }, minWidth: 130 }}
    />
  );
}

function LabelPicker({ filter, summary, onFilter }: Pick<FilterBarProps, 'filter' | 'summary' | 'onFilter'>) {
  const t = useTranslations('inventory');
  const [invalid, setInvalid] = useState(false);
  const options = useMemo(() => (summary?.labels ?? []).map(formatLabel), [summary?.labels]);
  const add = (text: string): void => {
    const label = parseLabel(text);
    setInvalid(label === undefined);
    if (label === undefined || filter.labels.some((other) => formatLabel(other) === formatLabel(label))) return;
    onFilter({ labels: [...filter.labels, label] });
  };
  return (
    <Picker
      label={t('labels')}
      placeholder={t('labelHint')}
      options={options}
      freeSolo
      error={invalid ? t('labelInvalid') : undefined}
      onPick={add}
    />
  );
}

/** Search, namespaces, labels, and below them what is in force. */
export function FilterBar(props: FilterBarProps) {
  const { searchRef, filter, summary, clusterName, onFilter, onLeave, start, end } = props;
  const t = useTranslations('inventory');
  const namespaces = useMemo(
    () => (summary?.namespaces ?? []).filter((name) => !filter.namespaces.includes(name)),
    [summary?.namespaces, filter.namespaces],
  );
  const onSearch = useMemo(() => (search: string) => onFilter({ search }), [onFilter]);
  return (
    <Box component="search" aria-label={t('filters')} sx={{ px: 2, pt: 1.25, pb: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'flex-start' }}>
        {start}
        <SearchField inputRef={searchRef} value={filter.search} onSearch={onSearch} onLeave={onLeave} />
        <Picker
          label={t('namespaces')}
          options={namespaces}
          onPick={(name) => onFilter({ namespaces: [...filter.namespaces, name] })}
        />
        <LabelPicker filter={filter} summary={summary} onFilter={onFilter} />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center', mt: 1, minHeight: 24 }}>
        {end}
        <FilterChips filter={filter} clusterName={clusterName} onFilter={onFilter} />
      </Box>
    </Box>
  );
}
