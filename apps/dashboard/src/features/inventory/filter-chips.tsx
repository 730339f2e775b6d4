'use client';

import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { useTranslations } from 'next-intl';
import { emptyFilter, formatLabel, type InventoryFilter } from '../../api/inventory-query.ts';

interface ActiveFilter {
  readonly type: 'cluster' | 'kind' | 'namespace' | 'label' | 'search';
  readonly value: string;
  readonly without: Partial<InventoryFilter>;
}

function without(list: readonly string[], value: string): readonly string[] {
  return list.filter((other) => other !== value);
}

/** Every restriction in force, with what the filter is without it. */
function activeFilters(filter: InventoryFilter, clusterName: (id: string) => string): readonly ActiveFilter[] {
  const active: ActiveFilter[] = [];
  for (const id of filter.clusters) {
    active.push({ type: 'cluster', value: clusterName(id), without: { clusters: without(filter.clusters, id) } });
  }
  for (const kind of filter.kinds) {
    active.push({ type: 'kind', value: kind, without: { kinds: without(filter.kinds, kind) } });
  }
  for (const namespace of filter.namespaces) {
    const namespaces = without(filter.namespaces, namespace);
    active.push({ type: 'namespace', value: namespace, without: { namespaces } });
  }
  for (const label of filter.labels) {
    const labels = filter.labels.filter((other) => other !== label);
    active.push({ type: 'label', value: formatLabel(label), without: { labels } });
  }
  if (filter.search !== '') active.push({ type: 'search', value: filter.search, without: { search: '' } });
  return active;
}

export interface FilterChipsProps {
  readonly filter: InventoryFilter;
  readonly clusterName: (id: string) => string;
  readonly onFilter: (change: Partial<InventoryFilter>) => void;
}

/** The restrictions in force, each of which can be taken away; nothing when there is none. */
export function FilterChips({ filter, clusterName, onFilter }: FilterChipsProps) {
  const t = useTranslations('inventory');
  const active = activeFilters(filter, clusterName);
  if (active.length === 0) return undefined;
  return (
    <>
      {active.map(({ type, value, without: rest }) => {
        const name = t(`chip.${type}`, { value });
        return (
          <Chip
            key={name}
            size="small"
            label={name}
            aria-label={t('remove', { name })}
            onDelete={() => onFilter(rest)}
            sx={{ maxWidth: 320 }}
          />
        );
      })}
      <Button onClick={() => onFilter(emptyFilter)} sx={{ py: 0, minWidth: 0 }}>
        {t('clearAll')}
      </Button>
    </>
  );
}
