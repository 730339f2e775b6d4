'use client';

import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { toApiError } from '@meshery/client';
import { useClusters } from '../clusters/use-clusters.ts';
import { ErrorNotice } from '../common/error-notice.tsx';
import { LiveProvider } from '../live/live-provider.tsx';
import { AccountMenu } from '../session/account-menu.tsx';
import { SignInCard } from '../session/sign-in-card.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { InventoryWorkspace } from './inventory-workspace.tsx';
import { formatUrlState } from './url-state.ts';
import { useUrlState } from './use-url-state.ts';

interface NoticeProps {
  readonly error: Error;
  readonly onRetry: () => void;
  /** The path of what should be seen here. */
  readonly target: string;
}

function Notice({ error, onRetry, target }: NoticeProps) {
  const signedOut = toApiError(error).signedOut;
  return (
    <Box sx={{ minHeight: '100dvh' }}>
      <TopBar account={signedOut ? undefined : <AccountMenu />} />
      <Box component="main" sx={{ display: 'flex', justifyContent: 'center', p: 2, pt: { xs: 2, sm: 10 } }}>
        {signedOut ? <SignInCard target={target} /> : <ErrorNotice error={error} onRetry={onRetry} />}
      </Box>
    </Box>
  );
}

/** The start page: everything discovered. Signed out or without a server it says what to do instead. */
export function InventoryPage() {
  const clusters = useClusters();
  const [url] = useUrlState();
  const ids = useMemo(() => (clusters.data ?? []).map((cluster) => cluster.id).toSorted(), [clusters.data]);
  const idsKey = ids.join();
  const stableIds = useMemo(() => (idsKey === '' ? [] : idsKey.split(',')), [idsKey]);
  const error = clusters.error;
  const blocking = error !== null && (clusters.data === undefined || toApiError(error).signedOut);
  if (blocking) {
    return <Notice error={error} onRetry={() => void clusters.refetch()} target={`/${formatUrlState(url)}`} />;
  }
  return (
    <LiveProvider clusterIds={stableIds} labels={url.filter.labels.length > 0}>
      <InventoryWorkspace clusters={clusters.data} clusterIds={stableIds} refreshError={error ?? undefined} />
    </LiveProvider>
  );
}
