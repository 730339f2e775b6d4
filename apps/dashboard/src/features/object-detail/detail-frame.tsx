'use client';

import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, ReactNode } from 'react';

/** The heading of the detail, which names the dialog. */
export const detailTitleId = 'object-title';

const besideTable = '(min-width: 1000px)';

const asideSx = {
  width: 'clamp(380px, 38%, 640px)',
  flex: 'none',
  minHeight: 0,
  display: 'flex',
  flexDirection: 'column',
  bgcolor: 'background.paper',
  borderLeft: '1px solid',
  borderColor: 'divider',
};

export interface DetailFrameProps {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Beside the table where there is room; else over it, as a dialog that keeps the focus. */
export function DetailFrame({ onClose, children }: DetailFrameProps) {
  const t = useTranslations('object');
  const wide = useMediaQuery(besideTable, { noSsr: true });
  if (!wide) {
    return (
      <Dialog open fullScreen onClose={onClose} aria-labelledby={detailTitleId}>
        {children}
      </Dialog>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <Box component="aside" aria-label={t('panel')} sx={asideSx} onKeyDown={onKeyDown}>
      {children}
    </Box>
  );
}
