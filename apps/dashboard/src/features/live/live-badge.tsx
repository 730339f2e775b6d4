'use client';

import Bolt from '@mui/icons-material/Bolt';
import HistoryToggleOff from '@mui/icons-material/HistoryToggleOff';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import Sync from '@mui/icons-material/Sync';
import WarningAmberOutlined from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import type { ClusterStatus } from '@meshery/contracts';
import { useTranslations } from 'next-intl';
import { formatAge } from '../common/age.ts';
import { useNow } from '../common/use-now.ts';
import type { FeedState } from './live-feed.ts';
import { useFeedState } from './live-provider.tsx';

type BadgeState = FeedState | 'stale';

const looks = {
  connecting: { icon: Sync, colour: 'info.main' },
  live: { icon: Bolt, colour: 'success.main' },
  reconnecting: { icon: WarningAmberOutlined, colour: 'warning.main' },
  paused: { icon: PauseCircleOutlined, colour: 'text.secondary' },
  stale: { icon: HistoryToggleOff, colour: 'warning.main' },
} as const;

function badgeState(feed: FeedState, clusters: readonly ClusterStatus[]): BadgeState {
  const silent = clusters.some(({ state }) => state === 'stale' || state === 'unreachable');
  return feed === 'live' && silent ? 'stale' : feed;
}

/** The oldest moment for which all shown clusters have data. */
function oldest(clusters: readonly ClusterStatus[]): string {
  return clusters.map(({ lastSeen }) => lastSeen).toSorted()[0] ?? '';
}

/** Whether changes arrive, and how old the data is. */
export function LiveBadge({ clusters }: { clusters: readonly ClusterStatus[] }) {
  const t = useTranslations('live');
  const state = badgeState(useFeedState(), clusters);
  const now = useNow('second');
  const age = formatAge(oldest(clusters), now);
  const Icon = looks[state].icon;
  return (
    <Tooltip title={t(`hint.${state}`)}>
      <Box tabIndex={0} role="note" aria-label={`${t(state)}. ${t(`hint.${state}`)}`} sx={badgeSx}>
        <Icon aria-hidden sx={{ fontSize: 16, color: looks[state].colour }} />
        <Box component="span" sx={{ fontWeight: 600 }}>
          {t(state)}
        </Box>
        {clusters.length > 0 && (
          <Box component="span" sx={{ color: 'text.secondary', display: { xs: 'none', sm: 'inline' } }}>
            {t('age', { age: age === '' ? t('ageUnknown') : age })}
          </Box>
        )}
      </Box>
    </Tooltip>
  );
}

const badgeSx = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: 0.5,
  px: 1,
  height: 28,
  fontSize: '0.75rem',
  border: '1px solid',
  borderColor: 'divider',
  borderRadius: 1,
  whiteSpace: 'nowrap',
};
