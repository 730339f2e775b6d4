'use client';

import BlockOutlined from '@mui/icons-material/BlockOutlined';
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import HelpOutlined from '@mui/icons-material/HelpOutlined';
import HistoryToggleOff from '@mui/icons-material/HistoryToggleOff';
import HourglassBottomOutlined from '@mui/icons-material/HourglassBottomOutlined';
import DoNotDisturbOnOutlined from '@mui/icons-material/DoNotDisturbOnOutlined';
import Sync from '@mui/icons-material/Sync';
import WarningAmberOutlined from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import type { ClusterStatus, KindStatus } from '@meshery/contracts';
import { useTranslations } from 'next-intl';
import type { ComponentType } from 'react';

type Colour = 'success.main' | 'warning.main' | 'error.main' | 'info.main' | 'text.secondary';

interface Look {
  readonly icon: ComponentType<SvgIconProps>;
  readonly colour: Colour;
}

const clusterLooks: Readonly<Record<ClusterStatus['state'], Look>> = {
  syncing: { icon: Sync, colour: 'info.main' },
  'in-sync': { icon: CheckCircleOutlined, colour: 'success.main' },
  degraded: { icon: WarningAmberOutlined, colour: 'warning.main' },
  stale: { icon: HistoryToggleOff, colour: 'warning.main' },
  unreachable: { icon: CloudOffOutlined, colour: 'error.main' },
};

const kindLooks: Readonly<Record<KindStatus['state'], Look>> = {
  syncing: { icon: Sync, colour: 'info.main' },
  synced: { icon: CheckCircleOutlined, colour: 'success.main' },
  forbidden: { icon: BlockOutlined, colour: 'warning.main' },
  unsupported: { icon: HelpOutlined, colour: 'text.secondary' },
  lagging: { icon: HourglassBottomOutlined, colour: 'warning.main' },
  excluded: { icon: DoNotDisturbOnOutlined, colour: 'text.secondary' },
};

function Label({ look, text }: { look: Look; text: string }) {
  const Icon = look.icon;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, whiteSpace: 'nowrap' }}>
      <Icon aria-hidden sx={{ fontSize: 15, color: look.colour }} />
      {text}
    </Box>
  );
}

/** The state of a cluster as icon and word. */
export function ClusterStateLabel({ state }: { state: ClusterStatus['state'] }) {
  const t = useTranslations('clusters.state');
  return <Label look={clusterLooks[state]} text={t(state)} />;
}

/** The state of a kind as icon and word. */
export function KindStateLabel({ state }: { state: KindStatus['state'] }) {
  const t = useTranslations('clusters.kindState');
  return <Label look={kindLooks[state]} text={t(state)} />;
}
