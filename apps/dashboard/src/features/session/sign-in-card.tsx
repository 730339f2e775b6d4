'use client';

import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslations } from 'next-intl';

const commandSx = {
  display: 'block',
  my: 1,
  px: 1.5,
  py: 1,
  fontFamily: 'var(--mono)',
  fontSize: '0.8125rem',
  bgcolor: 'background.default',
  border: '1px solid',
  borderColor: 'divider',
  borderRadius: 1,
};

/** A plain form: the browser follows the answer of the server, which sets the cookies. */
function CodeForm({ target }: Pick<SignInCardProps, 'target'>) {
  const t = useTranslations('session');
  return (
    <Box component="form" method="get" action="/auth/local" sx={{ display: 'flex', gap: 1, mt: 1 }}>
      <input type="hidden" name="next" value={target} />
      <TextField
        name="code"
        label={t('code')}
        size="small"
        required
        fullWidth
        slotProps={{ htmlInput: { autoComplete: 'one-time-code', spellCheck: 'false', autoCapitalize: 'none' } }}
      />
      <Button type="submit" variant="contained" sx={{ flex: 'none' }}>
        {t('submit')}
      </Button>
    </Box>
  );
}

export interface SignInCardProps {
  /** The path to go to afterwards. */
  readonly target: string;
}

/** Says that the session ended, explains how to sign in again, and takes a one-time code. */
export function SignInCard({ target }: SignInCardProps) {
  const t = useTranslations('session');
  return (
    <Paper variant="outlined" sx={{ p: 3, width: '100%', maxWidth: 460 }}>
      <Typography variant="h1" sx={{ fontSize: '1.25rem' }}>
        {t('title')}
      </Typography>
      <Typography variant="body2" sx={{ mt: 1, mb: 2, color: 'text.secondary' }}>
        {t('intro')}
      </Typography>
      <Alert severity="info" variant="outlined" sx={{ mb: 2 }}>
        {t('expired')}
      </Alert>
      <Typography variant="body2">{t('stepStart')}</Typography>
      <Box component="code" sx={commandSx}>
        npm start
      </Box>
      <Typography variant="body2">{t('stepOpen')}</Typography>
      <Typography variant="body2" sx={{ mt: 2.5 }}>
        {t('orCode')}
      </Typography>
      <CodeForm target={target} />
      <Typography variant="caption" component="p" sx={{ my: 2, color: 'text.secondary' }}>
        {t('container')}
      </Typography>
      <Link href={`/provider?${new URLSearchParams({ next: target }).toString()}`} variant="body2">
        {t('otherWays')}
      </Link>
    </Paper>
  );
}
