import type { ResourceEvent, ResourcePage, ResourceRow, ResourceSummary } from '@meshery/contracts';

/** An object as a test writes it. */
export interface FixtureObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly created: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** JSON text of the whole object; built from the rest where absent. */
  readonly json?: string;
}

interface Stored {
  readonly object: FixtureObject;
  readonly row: ResourceRow;
  readonly labels: Readonly<Record<string, string>>;
}

export type FixtureEvent = ResourceEvent & { readonly seq: number };

export const fixtureClusterId = '7d3f1c9e-8a54-4f6e-9a43-0c9f2b1d7e11';

function toRow(object: FixtureObject): ResourceRow {
  const labels = Object.entries(object.labels ?? {}).map(([key, value]) => {
    return { id: object.uid, unique_id: `${object.uid}${key}`, kind: 'label' as const, key, value };
  });
  return {
    id: Buffer.from(
      [fixtureClusterId, object.kind, object.apiVersion, object.namespace, object.name].join('.'),
    ).toString('base64'),
    apiVersion: object.apiVersion,
    kind: object.kind,
    cluster_id: fixtureClusterId,
    metadata: {
      name: object.name,
      ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
      uid: object.uid,
      resourceVersion: '1',
      creationTimestamp: object.created,
      labels,
    },
  };
}

const sortValues: Readonly<Record<string, (row: ResourceRow) => string>> = {
  name: (row) => row.metadata.name,
  kind: (row) => row.kind,
  namespace: (row) => row.metadata.namespace ?? '',
  api_version: (row) => row.apiVersion,
  creation_timestamp: (row) => row.metadata.creationTimestamp ?? '',
};

interface Ordering {
  /** What a row is sorted by; the uid makes it differ from that of every other row. */
  readonly key: (stored: Stored) => string;
  readonly compare: (left: string, right: string) => number;
}

function ordering(order: string): Ordering {
  const [column = 'name', direction = 'asc'] = order.split(' ');
  const value = sortValues[column] ?? (() => '');
  const sign = direction === 'desc' ? -1 : 1;
  return {
    key: ({ row }) => `${value(row)}\0${row.metadata.uid}`,
    compare: (left, right) => (left < right ? -sign : Number(left > right) * sign),
  };
}

function anyOf(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function selects(query: URLSearchParams, { row, labels }: Stored): boolean {
  return (
    anyOf(query.getAll('kind'), row.kind) &&
    anyOf(query.getAll('namespace'), row.metadata.namespace ?? '') &&
    row.metadata.name.includes(query.get('search') ?? '') &&
    query
      .getAll('label')
      .every((text) => labels[text.slice(0, text.indexOf('='))] === text.slice(text.indexOf('=') + 1))
  );
}

/** The objects of one pretended cluster, with pages, counts and a change sequence as the server has them. */
export class FixtureInventory {
  readonly #objects = new Map<string, Stored>();
  readonly #listeners = new Set<(event: FixtureEvent) => void>();
  readonly #log: FixtureEvent[] = [];
  #seq = 1;

  get size(): number {
    return this.#objects.size;
  }

  /** Fills in objects without telling listeners. */
  seed(objects: readonly FixtureObject[]): void {
    for (const object of objects) this.#store(object);
  }

  apply(object: FixtureObject): void {
    this.#store(object);
    this.#emit({ event: 'upsert', data: toRow(object) });
  }

  remove(uid: string): void {
    const stored = this.#objects.get(uid);
    if (stored === undefined) throw new Error(`no object ${uid}`);
    this.#objects.delete(uid);
    const { id, kind, apiVersion, cluster_id, metadata } = stored.row;
    const namespace = metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
    this.#emit({ event: 'delete', data: { id, uid, kind, apiVersion, name: metadata.name, cluster_id, ...namespace } });
  }

  reset(): void {
    this.#emit({ event: 'reset', data: { reason: 'test' } });
  }

  /** Calls back for every event after `since`; returns the function that ends it. */
  subscribe(since: number | undefined, listener: (event: FixtureEvent) => void): () => void {
    if (since !== undefined) for (const event of this.#log) if (event.seq > since) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Goes on behind the last row of the page before, as the server does: rows that come or go shift nothing. */
  page(query: URLSearchParams): ResourcePage {
    const pageSize = Number(query.get('pagesize') ?? '25');
    const after = query.get('after');
    const { key, compare } = ordering(query.get('order') ?? 'name asc');
    const selected = [...this.#objects.values()].filter((stored) => selects(query, stored));
    const keyed = selected.map((stored) => ({ stored, key: key(stored) }));
    const left = after === null ? keyed : keyed.filter((entry) => compare(entry.key, after) > 0);
    left.sort((one, other) => compare(one.key, other.key));
    const shown = left.slice(0, pageSize);
    const last = shown.at(-1);
    const next = left.length > pageSize && last !== undefined ? { next: last.key } : {};
    const resources = shown.map(({ stored }) => stored.row);
    return { page: 0, pageSize, totalCount: selected.length, resources, design: null, seq: this.#seq, ...next };
  }

  summary(): ResourceSummary {
    const counts = new Map<string, number>();
    const namespaces = new Set<string>();
    const labels = new Map<string, { key: string; value: string }>();
    for (const { row, labels: own } of this.#objects.values()) {
      counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1);
      if (row.metadata.namespace !== undefined) namespaces.add(row.metadata.namespace);
      for (const [key, value] of Object.entries(own)) labels.set(`${key}=${value}`, { key, value });
    }
    const kinds = [...counts].map(([Kind, Count]) => ({ Kind, Model: 'kubernetes', Count }));
    return { kinds, namespaces: [...namespaces].toSorted(), labels: [...labels.values()].slice(0, 500) };
  }

  text(uid: string): string | undefined {
    return this.#objects.get(uid)?.object.json ?? this.#built(uid);
  }

  #built(uid: string): string | undefined {
    const object = this.#objects.get(uid)?.object;
    if (object === undefined) return undefined;
    const { kind, apiVersion, name, namespace, created, labels } = object;
    const metadata = { name, namespace, uid, resourceVersion: '1', creationTimestamp: created, labels };
    return JSON.stringify({ kind, apiVersion, metadata });
  }

  #store(object: FixtureObject): void {
    this.#objects.set(object.uid, { object, row: toRow(object), labels: object.labels ?? {} });
  }

  #emit(event: ResourceEvent): void {
    this.#seq += 1;
    const numbered = { ...event, seq: this.#seq };
    this.#log.push(numbered);
    for (const listener of this.#listeners) listener(numbered);
  }
}
