/** What identifies one state of one object: equal sets of these mean equal inventories. */
export interface ObjectState {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** How two sets of objects differ. */
export interface StateDiff {
  /** In the cluster, not in the store. */
  readonly missing: readonly ObjectState[];
  /** In the store, not in the cluster. */
  readonly extra: readonly ObjectState[];
  /** In both with another uid or resourceVersion. */
  readonly stale: readonly { readonly cluster: ObjectState; readonly store: ObjectState }[];
  /** Stored more than once. */
  readonly doubled: readonly ObjectState[];
}

/** Where an object is, whatever its state. */
export function placeOf(state: ObjectState): string {
  return `${state.apiVersion} ${state.kind} ${state.namespace}/${state.name}`;
}

/** Compares what the cluster holds with what the store holds. */
export function diffStates(cluster: readonly ObjectState[], store: readonly ObjectState[]): StateDiff {
  const wanted = new Map(cluster.map((state) => [placeOf(state), state]));
  const found = new Map<string, ObjectState>();
  const extra: ObjectState[] = [];
  const doubled: ObjectState[] = [];
  const stale: { cluster: ObjectState; store: ObjectState }[] = [];
  for (const state of store) {
    const place = placeOf(state);
    const other = wanted.get(place);
    if (found.has(place)) doubled.push(state);
    else if (other === undefined) extra.push(state);
    else if (!sameState(other, state)) stale.push({ cluster: other, store: state });
    found.set(place, state);
  }
  const missing = cluster.filter((state) => !found.has(placeOf(state)));
  return { missing, extra, stale, doubled };
}

/** True when nothing differs. */
export function isEqual(diff: StateDiff): boolean {
  return diff.missing.length + diff.extra.length + diff.stale.length + diff.doubled.length === 0;
}

function sameState(one: ObjectState, other: ObjectState): boolean {
  return one.uid === other.uid && one.resourceVersion === other.resourceVersion;
}

/** The difference for a person: counts and the first few of each sort. */
export function describeDiff(diff: StateDiff, limit = 8): string {
  if (isEqual(diff)) return 'the store equals the cluster';
  const stale = diff.stale.map(
    ({ cluster, store }) =>
      `${placeOf(cluster)}: cluster ${cluster.uid}@${cluster.resourceVersion}, store ${store.uid}@${store.resourceVersion}`,
  );
  return [
    section('not in the store', diff.missing.map(describeState), limit),
    section('only in the store', diff.extra.map(describeState), limit),
    section('in another state', stale, limit),
    section('more than once in the store', diff.doubled.map(describeState), limit),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function describeState(state: ObjectState): string {
  return `${placeOf(state)} ${state.uid}@${state.resourceVersion}`;
}

function section(title: string, lines: readonly string[], limit: number): string {
  if (lines.length === 0) return '';
  const more = lines.length > limit ? [`  .. and ${String(lines.length - limit)} more`] : [];
  return [`${title} (${String(lines.length)}):`, ...lines.slice(0, limit).map((line) => `  ${line}`), ...more].join(
    '\n',
  );
}
