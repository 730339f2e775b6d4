'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslations } from 'next-intl';
import { ErrorNotice } from '../common/error-notice.tsx';

export interface SignOutFailedProps {
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Says that the session goes on, why, and what to do. */
export function SignOutFailed({ error, onRetry, onClose }: SignOutFailedProps) {
  const t = useTranslations();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="sign-out-failed">
      <DialogTitle id="sign-out-failed" variant="h2">
        {t('session.stillSignedIn')}
      </DialogTitle>
      <DialogContent>
        <ErrorNotice error={error} />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button onClick={onClose}>{t('app.close')}</Button>
        <Button variant="contained" autoFocus onClick={onRetry}>
          {t('app.retry')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
