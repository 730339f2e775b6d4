'use client';

import Close from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { toApiError } from '@meshery/client';
import { ErrorNotice } from '../common/error-notice.tsx';
import { IconAction } from '../common/icon-action.tsx';
import { detailTitleId } from './detail-frame.tsx';
import { Overview } from './overview.tsx';
import { useObject, type OpenObject } from './use-object.ts';
import { YamlView } from './yaml-view.tsx';

export type DetailTab = 'overview' | 'yaml';

export interface ObjectDetailProps {
  readonly objectKey: string;
  readonly cluster: string | undefined;
  readonly tab: DetailTab;
  /** Raised each time the detail shall take the focus; 0 leaves it where it is. */
  readonly focusSignal: number;
  readonly onTab: (tab: DetailTab) => void;
  readonly onOpen: (key: string) => void;
  readonly onLabel: (key: string, value: string) => void;
  readonly onClose: () => void;
}

function Header({
  object,
  focusSignal,
  onClose,
}: { object: OpenObject } & Pick<ObjectDetailProps, 'focusSignal' | 'onClose'>) {
  const t = useTranslations();
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusSignal > 0) headingRef.current?.focus();
  }, [focusSignal]);
  const { facts } = object;
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, pl: 2, pr: 1, pt: 1.25 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>
          {facts === undefined ? ' ' : facts.kind}
        </Typography>
        <Typography ref={headingRef} id={detailTitleId} tabIndex={-1} variant="h2" sx={{ overflowWrap: 'anywhere' }}>
          {facts === undefined ? t('object.loading') : facts.name}
        </Typography>
      </Box>
      <IconAction label={t('app.close')} onClick={onClose}>
        <Close fontSize="small" />
      </IconAction>
    </Box>
  );
}

function Deleted({ at }: { at: number }) {
  const t = useTranslations('object');
  const format = useFormatter();
  return (
    <Alert severity="warning" variant="outlined" sx={{ mx: 2, mt: 1.5 }}>
      <AlertTitle>{t('deletedTitle', { time: format.dateTime(at, { timeStyle: 'medium' }) })}</AlertTitle>
      {t('deletedText')}
    </Alert>
  );
}

function Gone() {
  const t = useTranslations('object');
  return (
    <Alert severity="info" variant="outlined" sx={{ m: 2 }}>
      <AlertTitle>{t('goneTitle')}</AlertTitle>
      {t('goneText')}
    </Alert>
  );
}

function Problem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (toApiError(error).fields.status === 404) return <Gone />;
  return (
    <Box sx={{ m: 2 }}>
      <ErrorNotice error={error} onRetry={onRetry} />
    </Box>
  );
}

function Body({ object, ...props }: { object: OpenObject } & ObjectDetailProps) {
  const t = useTranslations('object');
  const { facts, value } = object;
  if (facts === undefined)
    return object.error === undefined && <Skeleton variant="rounded" sx={{ m: 2, height: 240 }} />;
  return (
    <>
      <Tabs
        value={props.tab}
        onChange={(_event, tab: DetailTab) => props.onTab(tab)}
        aria-label={t('sections')}
        sx={{ px: 1, borderBottom: '1px solid', borderColor: 'divider', flex: 'none' }}
      >
        <Tab value="overview" label={t('overview')} id="tab-overview" aria-controls="tabpanel" />
        <Tab value="yaml" label={t('yaml')} id="tab-yaml" aria-controls="tabpanel" />
      </Tabs>
      <Box role="tabpanel" id="tabpanel" aria-labelledby={`tab-${props.tab}`} sx={panelSx}>
        {props.tab === 'yaml' ? (
          <YamlView value={value} />
        ) : (
          <Box sx={{ p: 2, overflow: 'auto' }} tabIndex={0} role="region" aria-label={t('overview')}>
            <Overview facts={facts} cluster={props.cluster} onOpen={props.onOpen} onLabel={props.onLabel} />
          </Box>
        )}
      </Box>
    </>
  );
}

const panelSx = { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' };

/** One object: its facts and its YAML, kept up to date; after a delete the last state stays with a note. */
export function ObjectDetail(props: ObjectDetailProps) {
  const object = useObject(props.objectKey);
  return (
    <>
      <Header object={object} focusSignal={props.focusSignal} onClose={props.onClose} />
      {object.deletedAt !== undefined && <Deleted at={object.deletedAt} />}
      {object.error !== undefined && <Problem error={object.error} onRetry={object.retry} />}
      <Body object={object} {...props} />
    </>
  );
}
