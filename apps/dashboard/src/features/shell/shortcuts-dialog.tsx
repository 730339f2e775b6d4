'use client';

import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslations } from 'next-intl';
import { IconAction } from '../common/icon-action.tsx';

const shortcuts = [
  { keys: ['/'], name: 'search' },
  { keys: ['?'], name: 'shortcuts' },
  { keys: ['↑', '↓'], name: 'move' },
  { keys: ['PageUp', 'PageDown'], name: 'page' },
  { keys: ['Home', 'End'], name: 'ends' },
  { keys: ['↑'], name: 'header' },
  { keys: ['Enter'], name: 'open' },
  { keys: ['Esc'], name: 'close' },
] as const;

const keySx = {
  px: 0.75,
  py: 0.25,
  mr: 0.5,
  fontSize: '0.75rem',
  fontFamily: 'inherit',
  border: '1px solid',
  borderColor: 'divider',
  borderBottomWidth: 2,
  borderRadius: 1,
  bgcolor: 'background.default',
};

/** The list of keys. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title" variant="h2" sx={{ display: 'flex', alignItems: 'center', py: 1.5 }}>
        <span>{t('shell.shortcuts')}</span>
        <Box sx={{ flex: 1 }} />
        <IconAction label={t('app.close')} onClick={onClose}>
          <Close fontSize="small" />
        </IconAction>
      </DialogTitle>
      <DialogContent dividers>
        <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 1.25 }}>
          {shortcuts.map(({ keys, name }) => (
            <Box key={name} sx={{ display: 'contents' }}>
              <dt>
                {keys.map((key) => (
                  <Box component="kbd" key={key} sx={keySx}>
                    {key}
                  </Box>
                ))}
              </dt>
              <Box component="dd" sx={{ m: 0, fontSize: '0.8125rem' }}>
                {t(`shell.keys.${name}`)}
              </Box>
            </Box>
          ))}
        </Box>
      </DialogContent>
    </Dialog>
  );
}
