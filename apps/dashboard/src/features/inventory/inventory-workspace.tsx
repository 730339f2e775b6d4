'use client';

import FilterList from '@mui/icons-material/FilterList';
import Box from '@mui/material/Box';
import type { ClusterStatus } from '@meshery/contracts';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useCallback, useMemo, useRef, useState, type MouseEvent } from 'react';
import { emptyFilter, type InventoryFilter } from '../../api/inventory-query.ts';
import { SidePanel } from '../clusters/side-panel.tsx';
import { useLiveClusters } from '../clusters/use-clusters.ts';
import { useSummary } from '../clusters/use-summary.ts';
import { IconAction } from '../common/icon-action.tsx';
import { LiveBadge } from '../live/live-badge.tsx';
import { AccountMenu } from '../session/account-menu.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { FilterBar } from './filter-bar.tsx';
import { InventoryMain } from './inventory-main.tsx';
import { ResultCount } from './result-count.tsx';
import { useInventoryList } from './use-inventory-list.ts';
import { useUrlState } from './use-url-state.ts';

const SyncDialog = lazy(() => import('../clusters/sync-dialog.tsx').then((module) => ({ default: module.SyncDialog })));
const ShortcutsDialog = lazy(() =>
  import('../shell/shortcuts-dialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
);
const SideDrawer = lazy(() => import('../shell/side-drawer.tsx').then((module) => ({ default: module.SideDrawer })));

export interface InventoryWorkspaceProps {
  /** Undefined until the first answer. */
  readonly clusters: readonly ClusterStatus[] | undefined;
  readonly clusterIds: readonly string[];
  /** The clusters could not be read again; what is shown is the last answer. */
  readonly refreshError: Error | undefined;
}

const wholeSx = { height: '100dvh', display: 'flex', flexDirection: 'column', overflow: 'hidden' };
const sideSx = {
  width: 272,
  flex: 'none',
  overflowY: 'auto',
  borderRight: '1px solid',
  borderColor: 'divider',
  display: { xs: 'none', md: 'block' },
};

function useClusterNames(clusters: readonly ClusterStatus[] | undefined): (id: string) => string {
  return useMemo(() => {
    const names = new Map((clusters ?? []).map(({ id, name }) => [id, name]));
    return (id: string) => names.get(id) ?? id;
  }, [clusters]);
}

/** The page with its parts: side panel, filters, table, detail, dialogs. */
export function InventoryWorkspace({ clusters, clusterIds, refreshError }: InventoryWorkspaceProps) {
  const t = useTranslations();
  const [url, changeUrl] = useUrlState();
  const [sideOpen, setSideOpen] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const gridRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  useLiveClusters();
  const clusterName = useClusterNames(clusters);
  const chosenIds = url.filter.clusters.length === 0 ? clusterIds : url.filter.clusters;
  const summary = useSummary(chosenIds);
  const inventory = useInventoryList(url.filter, url.sort, chosenIds);
  useShortcuts(useMemo(() => ({ '/': () => searchRef.current?.select(), '?': () => setKeysOpen(true) }), []));
  const onFilter = useCallback(
    (change: Partial<InventoryFilter>) => changeUrl({ filter: { ...emptyFilter, ...url.filter, ...change } }),
    [changeUrl, url.filter],
  );
  const skipToTable = (event: MouseEvent): void => {
    if (gridRef.current === null) return;
    event.preventDefault();
    gridRef.current.focus();
  };
  const side = (
    <SidePanel
      clusters={clusters}
      summary={clusterIds.length === 0 && clusters !== undefined ? { kinds: [], namespaces: [], labels: [] } : summary}
      filter={url.filter}
      onFilter={onFilter}
      onShowSync={() => changeUrl({ sync: true }, 'push')}
    />
  );
  return (
    <Box sx={wholeSx}>
      <a className="skip-link" href="#inventory" onClick={skipToTable}>
        {t('app.skipToTable')}
      </a>
      <TopBar
        status={<LiveBadge clusters={clusters ?? []} />}
        onShortcuts={() => setKeysOpen(true)}
        account={<AccountMenu />}
      />
      <Box sx={{ display: 'flex', flex: 1, minHeight: 0 }}>
        <Box component="nav" aria-label={t('shell.filters')} sx={sideSx}>
          {side}
        </Box>
        <InventoryMain
          url={url}
          changeUrl={changeUrl}
          inventory={inventory}
          clusters={clusters}
          clusterName={clusterName}
          refreshError={refreshError}
          gridRef={gridRef}
          onFilter={onFilter}
          bar={
            <FilterBar
              searchRef={searchRef}
              filter={url.filter}
              summary={summary}
              clusterName={clusterName}
              onFilter={onFilter}
              onLeave={() => gridRef.current?.focus()}
              start={
                <Box sx={{ display: { md: 'none' } }}>
                  <IconAction label={t('shell.filters')} onClick={() => setSideOpen(true)}>
                    <FilterList />
                  </IconAction>
                </Box>
              }
              end={<ResultCount total={inventory.state.total} phase={inventory.state.phase} />}
            />
          }
        />
      </Box>
      <Suspense>
        {sideOpen && <SideDrawer onClose={() => setSideOpen(false)}>{side}</SideDrawer>}
        {url.sync && <SyncDialog clusters={clusters ?? []} onClose={() => changeUrl({ sync: false })} />}
        {keysOpen && <ShortcutsDialog onClose={() => setKeysOpen(false)} />}
      </Suspense>
    </Box>
  );
}
