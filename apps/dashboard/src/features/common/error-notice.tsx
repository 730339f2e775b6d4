'use client';

import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslations } from 'next-intl';
import { toApiError, type ApiErrorFields } from '@meshery/client';

function Sentences({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return undefined;
  return (
    <Box sx={{ mt: 1 }}>
      <Typography variant="h3" component="p">
        {title}
      </Typography>
      {lines.map((line) => (
        <Typography key={line} variant="body2">
          {line}
        </Typography>
      ))}
    </Box>
  );
}

function remedies(fields: ApiErrorFields, networkRemedy: string): readonly string[] {
  return fields.status === 0 && fields.remedy.length === 0 ? [networkRemedy] : fields.remedy;
}

export interface ErrorNoticeProps {
  readonly error: Error;
  readonly onRetry?: (() => void) | undefined;
}

/** A failed call with its code, cause, remedy and a way to repeat it. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const t = useTranslations();
  const { fields } = toApiError(error);
  const retry = onRetry && (
    <Button color="inherit" size="small" onClick={onRetry}>
      {t('app.retry')}
    </Button>
  );
  return (
    <Alert severity="error" variant="outlined" role="alert" action={retry}>
      <AlertTitle>{t('errors.title')}</AlertTitle>
      <Typography variant="body2">{fields.message}</Typography>
      <Sentences title={t('errors.cause')} lines={fields.probableCause} />
      <Sentences title={t('errors.remedy')} lines={remedies(fields, t('errors.network'))} />
      <Typography variant="caption" component="p" sx={{ mt: 1, color: 'text.secondary' }}>
        {t('errors.code', { code: fields.code })}
        {fields.requestId === undefined ? '' : ` · ${t('errors.request', { id: fields.requestId })}`}
      </Typography>
    </Alert>
  );
}
