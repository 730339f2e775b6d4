'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

function Centred({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <Box sx={{ flex: 1, display: 'grid', placeItems: 'center', p: 3, bgcolor: 'background.paper' }}>
      <Box sx={{ maxWidth: 440, textAlign: 'center' }}>
        <Typography variant="h2">{title}</Typography>
        <Typography variant="body2" sx={{ mt: 1, mb: 2, color: 'text.secondary' }}>
          {text}
        </Typography>
        {action}
      </Box>
    </Box>
  );
}

/** No cluster has reported yet. */
export function NoClusters() {
  const t = useTranslations('inventory');
  return <Centred title={t('noClusterTitle')} text={t('noClusterText')} />;
}

/** There is nothing to show, either at all or with these filters. */
export function NoRows({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('inventory');
  if (!filtered) return <Centred title={t('emptyTitle')} text={t('emptyText')} />;
  const clear = (
    <Button variant="outlined" onClick={onClear}>
      {t('clearAll')}
    </Button>
  );
  return <Centred title={t('noMatchTitle')} text={t('noMatchText')} action={clear} />;
}

const ghostWidths = [62, 48, 70, 55, 66, 44, 58, 73, 50, 64, 47, 60];

/** Stands where the rows will be. */
export function TableGhost() {
  return (
    <Box aria-hidden sx={{ flex: 1, overflow: 'hidden', bgcolor: 'background.paper', pt: 4 }}>
      {[...ghostWidths, ...ghostWidths].map((width, index) => (
        <Box key={index} sx={ghostRowSx}>
          <Box sx={{ ...ghostSx, width: `${String(width)}%` }} />
          <Box sx={{ ...ghostSx, width: '70%' }} />
          <Box sx={{ ...ghostSx, width: '60%' }} />
        </Box>
      ))}
    </Box>
  );
}

const ghostRowSx = {
  display: 'grid',
  gridTemplateColumns: '3fr 1.5fr 1.5fr',
  gap: 2,
  px: 2,
  height: 34,
  alignItems: 'center',
  borderBottom: '1px solid',
  borderColor: 'divider',
};

const ghostSx = { height: 9, borderRadius: 1, bgcolor: 'divider' };
