'use client';

import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { AgeText } from '../common/age-text.tsx';
import type { ConditionFact, ObjectFacts, OwnerFact } from './object-facts.ts';
import styles from './overview.module.css';

export interface OverviewProps {
  readonly facts: ObjectFacts;
  readonly cluster: string | undefined;
  readonly onOpen: (key: string) => void;
  readonly onLabel: (key: string, value: string) => void;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Moment({ moment }: { moment: string }) {
  const t = useTranslations('object');
  const format = useFormatter();
  if (Number.isNaN(Date.parse(moment))) return moment;
  return (
    <>
      {format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'medium' })}{' '}
      <span className={styles['note']}>({t.rich('createdAgo', { age: () => <AgeText moment={moment} /> })})</span>
    </>
  );
}

function Identity({ facts, cluster }: Pick<OverviewProps, 'facts' | 'cluster'>) {
  const t = useTranslations('object');
  return (
    <dl className={styles['facts']}>
      <Fact name={t('kind')}>{facts.kind}</Fact>
      <Fact name={t('apiVersion')}>{facts.apiVersion}</Fact>
      {facts.namespace !== '' && <Fact name={t('namespace')}>{facts.namespace}</Fact>}
      {cluster !== undefined && <Fact name={t('cluster')}>{cluster}</Fact>}
      {facts.created !== '' && (
        <Fact name={t('created')}>
          <Moment moment={facts.created} />
        </Fact>
      )}
      {facts.deletionRequested !== '' && (
        <Fact name={t('deletionRequested')}>
          <Moment moment={facts.deletionRequested} />
        </Fact>
      )}
      <Fact name={t('uid')}>
        <span className={styles['mono']}>{facts.uid}</span>
      </Fact>
      <Fact name={t('resourceVersion')}>
        <span className={styles['mono']}>{facts.resourceVersion}</span>
      </Fact>
      {facts.finalizers.length > 0 && <Fact name={t('finalizers')}>{facts.finalizers.join(', ')}</Fact>}
    </dl>
  );
}

function Owners({ owners, onOpen }: { owners: readonly OwnerFact[]; onOpen: (key: string) => void }) {
  const t = useTranslations('object');
  const open = (event: MouseEvent, uid: string): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(uid);
  };
  return owners.map((owner) => (
    <div key={owner.uid}>
      <a
        className={styles['link']}
        href={`?object=${encodeURIComponent(owner.uid)}`}
        onClick={(event) => open(event, owner.uid)}
      >
        {owner.kind}/{owner.name}
      </a>{' '}
      {owner.controller && <span className={styles['note']}>({t('controller')})</span>}
    </div>
  ));
}

function Conditions({ conditions }: { conditions: readonly ConditionFact[] }) {
  return (
    <table className={styles['conditions']}>
      <tbody>
        {conditions.map((condition) => (
          <tr key={condition.type}>
            <th scope="row">{condition.type}</th>
            <td>{condition.status}</td>
            <td className={styles['note']}>
              {[condition.reason, condition.message].filter((part) => part !== '').join(': ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const annotationsShown = 6;

function Annotations({ annotations }: Pick<ObjectFacts, 'annotations'>) {
  const t = useTranslations('object');
  const [all, setAll] = useState(false);
  const shown = all ? annotations : annotations.slice(0, annotationsShown);
  return (
    <>
      <dl className={styles['facts']}>
        {shown.map(([key, value]) => (
          <Fact key={key} name={key}>
            <span className={`${styles['mono'] ?? ''} ${styles['value'] ?? ''}`}>{value}</span>
          </Fact>
        ))}
      </dl>
      {annotations.length > annotationsShown && (
        <Button onClick={() => setAll(!all)}>{all ? t('less') : t('more')}</Button>
      )}
    </>
  );
}

/** What matters about an object of any kind. */
export function Overview({ facts, cluster, onOpen, onLabel }: OverviewProps) {
  const t = useTranslations('object');
  return (
    <div className={styles['overview']}>
      {facts.kind === 'Secret' && (
        <Alert severity="info" variant="outlined" sx={{ mb: 2 }}>
          {t('secret')}
        </Alert>
      )}
      <Identity facts={facts} cluster={cluster} />
      {facts.owners.length > 0 && (
        <Section title={t('owners')}>
          <Owners owners={facts.owners} onOpen={onOpen} />
        </Section>
      )}
      {facts.conditions.length > 0 && (
        <Section title={t('conditions')}>
          <Conditions conditions={facts.conditions} />
        </Section>
      )}
      <Section title={t('labels')}>
        {facts.labels.length === 0 && <span className={styles['note']}>{t('none')}</span>}
        <ul className={styles['chips']}>
          {facts.labels.map(([key, value]) => (
            <li key={key}>
              <button
                type="button"
                className={styles['chip']}
                title={t('filterByLabel', { label: `${key}=${value}` })}
                onClick={() => onLabel(key, value)}
              >
                {key}={value}
              </button>
            </li>
          ))}
        </ul>
      </Section>
      {facts.annotations.length > 0 && (
        <Section title={t('annotations')}>
          <Annotations annotations={facts.annotations} />
        </Section>
      )}
    </div>
  );
}
