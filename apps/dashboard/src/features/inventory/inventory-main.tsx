'use client';

import Box from '@mui/material/Box';
import type { ClusterStatus } from '@meshery/contracts';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useCallback, useState, type ReactNode, type RefObject } from 'react';
import { emptyFilter, type InventoryFilter } from '../../api/inventory-query.ts';
import { ErrorNotice } from '../common/error-notice.tsx';
import { InventoryTable } from './inventory-table.tsx';
import { NoClusters, NoRows, TableGhost } from './table-states.tsx';
import type { LiveInventory } from './use-inventory-list.ts';
import type { ChangeUrlState } from './use-url-state.ts';
import { formatUrlState, type InventoryUrlState } from './url-state.ts';

const DetailPanel = lazy(() =>
  import('../object-detail/detail-panel.tsx').then((module) => ({ default: module.DetailPanel })),
);

export interface InventoryMainProps {
  readonly url: InventoryUrlState;
  readonly changeUrl: ChangeUrlState;
  readonly inventory: LiveInventory;
  readonly clusters: readonly ClusterStatus[] | undefined;
  readonly clusterName: (id: string) => string;
  readonly refreshError: Error | undefined;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly bar: ReactNode;
  readonly onFilter: (change: Partial<InventoryFilter>) => void;
}

function Problems({ inventory, refreshError }: Pick<InventoryMainProps, 'inventory' | 'refreshError'>) {
  const error = inventory.state.error ?? refreshError;
  if (error === undefined) return undefined;
  return (
    <Box sx={{ px: 2, pb: 1 }}>
      <ErrorNotice error={error} onRetry={inventory.retry} />
    </Box>
  );
}

interface TableAreaProps extends InventoryMainProps {
  readonly onOpen: (key: string, focus: 'detail' | 'table') => void;
  readonly onClose: () => void;
}

function TableArea(props: TableAreaProps) {
  const { url, inventory, clusters, changeUrl } = props;
  const { state, outdated } = inventory;
  if (clusters?.length === 0) return <NoClusters />;
  if (state.phase === 'loading') return <TableGhost />;
  const filtered = formatUrlState({ filter: url.filter, sort: url.sort, tab: 'overview', sync: false }).includes('=');
  if (state.phase === 'ready' && state.total === 0) {
    return <NoRows filtered={filtered} onClear={() => props.onFilter(emptyFilter)} />;
  }
  if (state.phase === 'failed' && state.rows.length === 0) return undefined;
  return (
    <InventoryTable
      gridRef={props.gridRef}
      state={state}
      outdated={outdated}
      sort={url.sort}
      selection={JSON.stringify([url.filter, url.sort])}
      clusterName={props.clusterName}
      clusterCount={clusters?.length ?? 0}
      openKey={url.object}
      onSort={(sort) => changeUrl({ sort })}
      onOpen={props.onOpen}
      onClose={props.onClose}
      onReach={inventory.reach}
    />
  );
}

/** Filters and table, and beside them the open object. */
export function InventoryMain(props: InventoryMainProps) {
  const { url, changeUrl, inventory, gridRef, clusters } = props;
  const t = useTranslations();
  const [focusSignal, setFocusSignal] = useState(0);
  const onOpen = useCallback(
    (key: string, focus: 'detail' | 'table') => {
      changeUrl({ object: key }, 'push');
      if (focus === 'detail') setFocusSignal((signal) => signal + 1);
    },
    [changeUrl],
  );
  const onClose = useCallback(() => {
    changeUrl({ object: undefined, tab: 'overview' });
    gridRef.current?.focus();
  }, [changeUrl, gridRef]);
  const openRow = inventory.state.rows.find((row) => row.key === url.object);
  const clusterId = openRow?.clusterId ?? (clusters?.length === 1 ? clusters[0]?.id : undefined);
  return (
    <Box sx={{ display: 'flex', flex: 1, minWidth: 0 }}>
      <Box
        component="main"
        id="inventory"
        tabIndex={-1}
        sx={{ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0 }}
      >
        <h1 className="visually-hidden">{t('shell.inventory')}</h1>
        {props.bar}
        <Problems inventory={inventory} refreshError={props.refreshError} />
        <TableArea {...props} onOpen={onOpen} onClose={onClose} />
      </Box>
      {url.object !== undefined && (
        <Suspense>
          <DetailPanel
            objectKey={url.object}
            cluster={clusterId === undefined ? undefined : props.clusterName(clusterId)}
            tab={url.tab}
            focusSignal={focusSignal}
            onTab={(tab) => changeUrl({ tab })}
            onOpen={(key) => changeUrl({ object: key }, 'push')}
            onLabel={(key, value) => props.onFilter({ labels: [...url.filter.labels, { key, value }] })}
            onClose={onClose}
          />
        </Suspense>
      )}
    </Box>
  );
}
