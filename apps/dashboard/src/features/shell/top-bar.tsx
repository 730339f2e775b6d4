'use client';

import BrightnessAutoOutlined from '@mui/icons-material/BrightnessAutoOutlined';
import DarkModeOutlined from '@mui/icons-material/DarkModeOutlined';
import KeyboardOutlined from '@mui/icons-material/KeyboardOutlined';
import LightModeOutlined from '@mui/icons-material/LightModeOutlined';
import Box from '@mui/material/Box';
import { useColorScheme } from '@mui/material/styles';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore, type ReactNode } from 'react';
import { IconAction } from '../common/icon-action.tsx';

const nextMode = { system: 'light', light: 'dark', dark: 'system' } as const;
const modeIcons = { system: BrightnessAutoOutlined, light: LightModeOutlined, dark: DarkModeOutlined } as const;

function never(): () => void {
  return () => undefined;
}

/** Goes round system, light, dark; until hydrated it shows the system's, as the exported HTML does. */
function ThemeToggle() {
  const t = useTranslations('shell');
  const { mode: stored, setMode } = useColorScheme();
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const mode = hydrated ? (stored ?? 'system') : 'system';
  const Icon = modeIcons[mode];
  return (
    <IconAction label={t('theme', { mode })} onClick={() => setMode(nextMode[mode])}>
      <Icon fontSize="small" />
    </IconAction>
  );
}

/** The mark of the product: a small mesh. */
function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
      <path d="M12 2.5 20.2 7.2v9.6L12 21.5 3.8 16.8V7.2Z" strokeLinejoin="round" />
      <path d="M12 2.5v19M3.8 7.2l16.4 9.6M20.2 7.2 3.8 16.8" strokeOpacity="0.55" />
      <circle cx="12" cy="12" r="2.6" fill="currentColor" stroke="none" />
    </svg>
  );
}

export interface TopBarProps {
  /** State that belongs beside the name, such as the live badge. */
  readonly status?: ReactNode;
  readonly onShortcuts?: () => void;
  /** Last of all, where people look for their account. */
  readonly account?: ReactNode;
}

/** The header of every page. */
export function TopBar({ status, onShortcuts, account }: TopBarProps) {
  const t = useTranslations();
  return (
    <Box component="header" sx={barSx}>
      <Box sx={{ display: 'flex', color: 'primary.main' }}>
        <Mark />
      </Box>
      <Box component="span" sx={{ fontWeight: 680, fontSize: '0.9375rem', letterSpacing: '-0.01em' }}>
        {t('app.name')}
      </Box>
      <Box sx={{ flex: 1 }} />
      {status}
      {onShortcuts !== undefined && (
        <IconAction label={t('shell.shortcuts')} aria-keyshortcuts="?" onClick={onShortcuts}>
          <KeyboardOutlined fontSize="small" />
        </IconAction>
      )}
      <ThemeToggle />
      {account}
    </Box>
  );
}

const barSx = {
  display: 'flex',
  alignItems: 'center',
  gap: 1,
  px: 2,
  minHeight: 48,
  flex: 'none',
  bgcolor: 'background.paper',
  borderBottom: '1px solid',
  borderColor: 'divider',
};
