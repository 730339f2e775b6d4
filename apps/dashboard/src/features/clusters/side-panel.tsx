'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { ClusterStatus, ResourceSummary } from '@meshery/contracts';
import { useTranslations } from 'next-intl';
import { useMemo, type ReactNode } from 'react';
import type { InventoryFilter } from '../../api/inventory-query.ts';
import { ClusterList } from './cluster-list.tsx';
import { kindEntries } from './kind-entries.ts';
import { KindList } from './kind-list.tsx';

export interface SidePanelProps {
  readonly clusters: readonly ClusterStatus[] | undefined;
  readonly summary: ResourceSummary | undefined;
  readonly filter: InventoryFilter;
  readonly onFilter: (change: Partial<InventoryFilter>) => void;
  readonly onShowSync: () => void;
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ display: 'flex', flexDirection: 'column' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', px: 1.25, minHeight: 32 }}>
        <Typography variant="h3" component="h2" sx={{ color: 'text.secondary' }}>
          {title}
        </Typography>
        {action}
      </Box>
      {children}
    </Box>
  );
}

function Ghosts({ count }: { count: number }) {
  return (
    <Box aria-hidden sx={{ px: 1.25 }}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} sx={{ height: 26 }} />
      ))}
    </Box>
  );
}

/** Clusters and kinds: what there is, how fresh it is, and two filters. */
export function SidePanel({ clusters, summary, filter, onFilter, onShowSync }: SidePanelProps) {
  const t = useTranslations();
  const entries = useMemo(() => {
    const chosen = (clusters ?? []).filter(({ id }) => filter.clusters.length === 0 || filter.clusters.includes(id));
    return kindEntries(summary, chosen);
  }, [clusters, summary, filter.clusters]);
  const sync = (
    <Button onClick={onShowSync} sx={{ minWidth: 0, py: 0 }}>
      {t('clusters.sync')}
    </Button>
  );
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, p: 0.75, pb: 2 }}>
      <Section title={t('clusters.title')} action={sync}>
        {clusters === undefined ? (
          <Ghosts count={2} />
        ) : (
          <ClusterList clusters={clusters} selected={filter.clusters} onSelect={(ids) => onFilter({ clusters: ids })} />
        )}
      </Section>
      <Section title={t('kinds.title')}>
        {summary === undefined ? (
          <Ghosts count={14} />
        ) : (
          <KindList entries={entries} selected={filter.kinds} onSelect={(kinds) => onFilter({ kinds })} />
        )}
      </Section>
    </Box>
  );
}
