import type { ClusterStatus, KindStatus, ResourceSummary } from '@meshery/contracts';

/** One kind of the side list: how many objects, and what keeps it from being in sync. */
export interface KindEntry {
  readonly kind: string;
  readonly count: number;
  /** The worst state over clusters and API groups. */
  readonly state: KindStatus['state'];
  /** Why, in the words of the agent; empty when synced. */
  readonly reason: string;
}

/** From harmless to worth a look. */
const severity: Readonly<Record<KindStatus['state'], number>> = {
  synced: 0,
  excluded: 1,
  unsupported: 2,
  syncing: 3,
  lagging: 4,
  forbidden: 5,
};

function worse(entry: KindEntry, status: KindStatus): KindEntry {
  if (severity[status.state] <= severity[entry.state]) return entry;
  return { ...entry, state: status.state, reason: status.message === '' ? status.reason : status.message };
}

/** Joins the counts of the summary with the states that the clusters report, by name of the kind. */
export function kindEntries(summary: ResourceSummary | undefined, clusters: readonly ClusterStatus[]): KindEntry[] {
  const entries = new Map<string, KindEntry>();
  const entry = (kind: string): KindEntry => entries.get(kind) ?? { kind, count: 0, state: 'synced', reason: '' };
  for (const { Kind, Count } of summary?.kinds ?? []) {
    entries.set(Kind, { ...entry(Kind), count: entry(Kind).count + Count });
  }
  for (const cluster of clusters) {
    for (const status of cluster.kinds) entries.set(status.kind, worse(entry(status.kind), status));
  }
  return [...entries.values()].toSorted((left, right) => left.kind.localeCompare(right.kind));
}

/** Whether a kind is shown without being looked for: it has objects or a state that explains why not. */
export function isNotable(entry: KindEntry): boolean {
  return entry.count > 0 || severity[entry.state] > severity.unsupported;
}

/** The kinds in the order in which a person should look at them: by severity, then by name. */
export function worstFirst(kinds: readonly KindStatus[]): readonly KindStatus[] {
  return kinds.toSorted(
    (left, right) => severity[right.state] - severity[left.state] || left.kind.localeCompare(right.kind),
  );
}

/** The kinds that are not followed although they should be. */
export function problemKinds(kinds: readonly KindStatus[]): readonly KindStatus[] {
  return worstFirst(kinds.filter((kind) => kind.state !== 'synced' && kind.state !== 'excluded'));
}
