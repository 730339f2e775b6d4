'use client';

import type { ClusterStatus } from '@meshery/contracts';
import { useFormatter, useTranslations } from 'next-intl';
import { AgeText } from '../common/age-text.tsx';
import { toggled } from '../common/toggled.ts';
import { useRovingList } from '../common/use-roving-list.ts';
import styles from './side-list.module.css';
import { ClusterStateLabel } from './state-label.tsx';

export interface ClusterListProps {
  readonly clusters: readonly ClusterStatus[];
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
}

function ClusterFacts({ cluster }: { cluster: ClusterStatus }) {
  const t = useTranslations('clusters');
  const format = useFormatter();
  return (
    <>
      <span className={styles['line']}>
        <span className={styles['text']} title={cluster.name}>
          {cluster.name}
        </span>
        <span className={styles['count']}>{format.number(cluster.objectCount)}</span>
      </span>
      <span className={styles['line']}>
        <span className={styles['state']}>
          <ClusterStateLabel state={cluster.state} />
        </span>
        <span className={styles['count']}>
          {t.rich('lastData', { age: () => <AgeText moment={cluster.lastSeen} precision="second" /> })}
        </span>
      </span>
    </>
  );
}

/** The clusters with state, count and data age; choosing some filters the table. */
export function ClusterList({ clusters, selected, onSelect }: ClusterListProps) {
  const t = useTranslations('clusters');
  const roving = useRovingList(clusters.length);
  return (
    <div
      role="listbox"
      aria-multiselectable
      aria-label={t('list')}
      className={styles['list']}
      onKeyDown={roving.onKeyDown}
    >
      {clusters.map((cluster, index) => (
        <div
          key={cluster.id}
          role="option"
          aria-selected={selected.includes(cluster.id)}
          tabIndex={roving.tabIndexOf(index)}
          className={`${styles['item'] ?? ''} ${styles['block'] ?? ''}`}
          onClick={() => onSelect(toggled(selected, cluster.id))}
        >
          <ClusterFacts cluster={cluster} />
        </div>
      ))}
    </div>
  );
}
