'use client';

import Close from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ClusterStatus, KindStatus } from '@meshery/contracts';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { AgeText } from '../common/age-text.tsx';
import { IconAction } from '../common/icon-action.tsx';
import { problemKinds, worstFirst } from './kind-entries.ts';
import { ClusterStateLabel, KindStateLabel } from './state-label.tsx';

function reasonOf(kind: KindStatus, help: string): string {
  if (kind.message !== '') return kind.message;
  return kind.reason === '' || kind.reason === kind.state || kind.state === 'synced'
    ? help
    : `${help} (${kind.reason})`;
}

function KindRow({ kind }: { kind: KindStatus }) {
  const t = useTranslations('clusters');
  const format = useFormatter();
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" title={kind.resource}>
        {kind.kind}
        <Typography variant="caption" component="span" sx={{ color: 'text.secondary', display: 'block' }}>
          {kind.resource}
        </Typography>
      </TableCell>
      <TableCell>
        <KindStateLabel state={kind.state} />
      </TableCell>
      <TableCell align="right">{format.number(kind.count)}</TableCell>
      <TableCell>
        <AgeText moment={kind.since} />
      </TableCell>
      <TableCell sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {reasonOf(kind, t(`kindHelp.${kind.state}`))}
      </TableCell>
    </TableRow>
  );
}

function KindTable({ cluster, kinds }: { cluster: ClusterStatus; kinds: readonly KindStatus[] }) {
  const t = useTranslations('clusters');
  if (kinds.length === 0) return <Typography sx={{ color: 'text.secondary', py: 1 }}>{t('noProblems')}</Typography>;
  return (
    <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('kindsOf', { cluster: cluster.name })}>
      <Table size="small" aria-label={t('kindsOf', { cluster: cluster.name })}>
        <TableHead>
          <TableRow>
            <TableCell>{t('columns.kind')}</TableCell>
            <TableCell>{t('columns.state')}</TableCell>
            <TableCell align="right">{t('columns.objects')}</TableCell>
            <TableCell>{t('columns.since')}</TableCell>
            <TableCell>{t('columns.reason')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {kinds.map((kind) => (
            <KindRow key={kind.resource} kind={kind} />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function ClusterSection({ cluster, onlyProblems }: { cluster: ClusterStatus; onlyProblems: boolean }) {
  const t = useTranslations('clusters');
  const kinds = onlyProblems ? problemKinds(cluster.kinds) : worstFirst(cluster.kinds);
  return (
    <Box component="section" aria-label={cluster.name} sx={{ mb: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, alignItems: 'baseline', mb: 0.5 }}>
        <Typography variant="h2" component="h3">
          {cluster.name}
        </Typography>
        <ClusterStateLabel state={cluster.state} />
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {t('objects', { count: cluster.objectCount })} ·{' '}
          {t.rich('lastData', { age: () => <AgeText moment={cluster.lastSeen} precision="second" /> })} ·{' '}
          {t(`source.${cluster.source}`)} · {cluster.apiServerUrl}
        </Typography>
      </Box>
      {cluster.message !== '' && cluster.state !== 'in-sync' && (
        <Alert severity="warning" variant="outlined" sx={{ my: 1 }}>
          {cluster.message}
        </Alert>
      )}
      <KindTable cluster={cluster} kinds={kinds} />
    </Box>
  );
}

export interface SyncDialogProps {
  readonly clusters: readonly ClusterStatus[];
  readonly onClose: () => void;
}

/** The state of every kind of every cluster with its reason. */
export function SyncDialog({ clusters, onClose }: SyncDialogProps) {
  const t = useTranslations();
  const [onlyProblems, setOnlyProblems] = useState(false);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="sync-title">
      <DialogTitle id="sync-title" variant="h2" sx={{ display: 'flex', alignItems: 'center', gap: 1, py: 1.5 }}>
        <span>{t('clusters.dialogTitle')}</span>
        <Box sx={{ flex: 1 }} />
        <IconAction label={t('app.close')} onClick={onClose}>
          <Close fontSize="small" />
        </IconAction>
      </DialogTitle>
      <DialogContent dividers>
        <FormControlLabel
          sx={{ mb: 1 }}
          label={t('clusters.onlyProblems')}
          control={
            <Switch size="small" checked={onlyProblems} onChange={(_event, checked) => setOnlyProblems(checked)} />
          }
        />
        {clusters.map((cluster) => (
          <ClusterSection key={cluster.id} cluster={cluster} onlyProblems={onlyProblems} />
        ))}
      </DialogContent>
    </Dialog>
  );
}
