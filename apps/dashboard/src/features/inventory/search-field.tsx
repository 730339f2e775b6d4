'use client';

import Search from '@mui/icons-material/Search';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type RefObject } from 'react';

const debounceMs = 250;

export interface SearchFieldProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly onSearch: (text: string) => void;
  readonly onLeave: () => void;
}

/** The text search; it takes effect when typing pauses, at once on Enter, and Escape goes back to the table. */
export function SearchField({ inputRef, value, onSearch, onLeave }: SearchFieldProps) {
  const t = useTranslations('inventory');
  const [text, setText] = useState(value);
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    setApplied(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onSearch(text), debounceMs);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <TextField
      inputRef={inputRef}
      size="small"
      type="search"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSearch(text);
        if (event.key === 'Escape') onLeave();
      }}
      placeholder={t('search')}
      slotProps={{
        htmlInput: { 'aria-label': t('search'), 'aria-keyshortcuts': '/', title: t('searchHint') },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search sx={{ fontSize: 18 }} />
            </InputAdornment>
          ),
        },
      }}
      sx={{ flex: '1 1 220px', maxWidth: 360 }}
    />
  );
}
