'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslations } from 'next-intl';
import { TopBar } from './top-bar.tsx';

export function NotFoundPage() {
  const t = useTranslations('app');
  return (
    <>
      <TopBar />
      <Box component="main" sx={{ p: 4, maxWidth: 480, mx: 'auto', textAlign: 'center' }}>
        <Typography variant="h1">{t('notFoundTitle')}</Typography>
        <Typography sx={{ my: 2, color: 'text.secondary' }}>{t('notFoundText')}</Typography>
        <Button variant="contained" href="/">
          {t('toInventory')}
        </Button>
      </Box>
    </>
  );
}
