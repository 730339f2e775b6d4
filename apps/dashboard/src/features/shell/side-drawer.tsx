'use client';

import Drawer from '@mui/material/Drawer';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** The side panel on narrow screens. */
export function SideDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <Drawer
      open
      onClose={onClose}
      slotProps={{ paper: { sx: { width: 300 }, role: 'dialog', 'aria-label': t('filters') } }}
    >
      {children}
    </Drawer>
  );
}
