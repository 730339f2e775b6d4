import type {
  ChangePage,
  CommittedChange,
  InventorySummary,
  ObjectFilter,
  ObjectHead,
  ObjectPage,
  ObjectQuery,
  SortColumn,
  StoredObject,
  TableCount,
} from '../inventory-store.ts';
import { staleSince } from '../shared/cluster-status.ts';
import type { ConnectedClusters } from '../shared/connected-clusters.ts';
import type { StoredCluster, StoredKind } from '../shared/cluster-status.ts';
import { decodeAnchor, encodeAnchor } from '../shared/page-token.ts';
import { decodePublishedId, matchesPublishedId } from '../shared/published-id.ts';
import { pgFilter, pgSort } from './pg-filter.ts';
import type { PgClient, PgPool } from './pg-pool.ts';

/** Rows of one piece of an export. */
const exportRows = 100;
const maximumSummaryLabels = 10_000;

interface HeadRow extends ObjectHead {
  readonly id: number;
  readonly stale: number | null;
  readonly state: number;
  readonly lastSeen: number;
  readonly json?: string;
}

const headColumns = `o.id, o.seq, c.cluster_id AS "clusterId", o.uid, o.api_version AS "apiVersion", o.kind, o.model,
  o.namespace, o.name, o.resource_version AS "resourceVersion", o.created AS "creationTimestamp",
  o.stale_since AS stale, c.state, c.last_seen AS "lastSeen"`;
const tableNames = ['clusters', 'components', 'meta', 'objects', 'parked', 'resources', 'tombstones'];
const source = 'inventory.objects o JOIN inventory.clusters c ON c.id = o.cluster';

/** Reads of the inventory on PostgreSQL; each on one view of the database. */
export class PgReader {
  private readonly pool: PgPool;
  private readonly connected: Pick<ConnectedClusters, 'has'>;

  constructor(pool: PgPool, connected: Pick<ConnectedClusters, 'has'>) {
    this.pool = pool;
    this.connected = connected;
  }

  page(query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    const anchor = query.after === undefined ? undefined : decodeAnchor(query.after);
    return this.snapshot(async (client) => {
      const { where, params } = pgFilter(query);
      const sort = pgSort(query.sort);
      const direction = query.descending ? 'DESC' : 'ASC';
      const count = await client.query<{ count: number }>(`SELECT count(*) FROM inventory.objects o WHERE ${where}`, [
        ...params,
      ]);
      const totalCount = count.rows[0]?.count ?? 0;
      const position = params.length;
      const after = `AND (${sort}, o.id) ${query.descending ? '<' : '>'} ($${position + 2}, $${position + 3})`;
      const offset = anchor === undefined ? `OFFSET $${position + 2}` : '';
      const { rows } = await client.query<HeadRow>(
        `SELECT ${headColumns}${withText ? ', o.json' : ''} FROM ${source}
         WHERE ${where} ${anchor === undefined ? '' : after}
         ORDER BY ${sort} ${direction}, o.id ${direction} LIMIT $${position + 1} ${offset}`,
        [
          ...params,
          query.pageSize + 1,
          ...(anchor === undefined ? [(query.page ?? 0) * query.pageSize] : [anchor.value, anchor.id]),
        ],
      );
      return this.toPage(query, rows, { totalCount, seq: await readMeta(client, 'seq') });
    });
  }

  /** Pieces of a selection by key; each its own query, so that no connection waits for a slow consumer. */
  async *export(filter: ObjectFilter): AsyncGenerator<readonly StoredObject[]> {
    const { where, params } = pgFilter(filter);
    const position = params.length;
    for (let last = 0; ;) {
      const { rows } = await this.pool.query<HeadRow & { json: string }>(
        `SELECT ${headColumns}, o.json FROM ${source} WHERE ${where} AND o.id > $${position + 1}
         ORDER BY o.id LIMIT ${exportRows}`,
        [...params, last],
      );
      const tail = rows.at(-1);
      if (tail === undefined) return;
      last = tail.id;
      yield rows.map((row) => ({ ...this.toHead(row), json: row.json }));
    }
  }

  /** By uid, else by published id: every reading of its text is looked up, the stored object decides. */
  async find(idOrUid: string): Promise<{ readonly id: number; readonly object: StoredObject } | undefined> {
    if (idOrUid === '' || idOrUid.includes('\u0000')) return undefined;
    const byUid = await this.pool.query<HeadRow & { json: string }>(
      `SELECT ${headColumns}, o.json FROM ${source} WHERE o.uid = $1 AND o.uid <> '' LIMIT 1`,
      [idOrUid],
    );
    const found = byUid.rows[0] ?? (await this.findPublished(idOrUid));
    return found === undefined ? undefined : { id: found.id, object: { ...this.toHead(found), json: found.json } };
  }

  summary(filter: ObjectFilter): Promise<InventorySummary> {
    const { where, params } = pgFilter(filter);
    return this.snapshot(async (client) => {
      const kinds = await client.query<{ kind: string; model: string; count: number }>(
        `SELECT o.kind, o.model, count(*) FROM inventory.objects o WHERE ${where} GROUP BY 1, 2 ORDER BY 1, 2`,
        [...params],
      );
      const namespaces = await client.query<{ namespace: string }>(
        `SELECT DISTINCT o.namespace FROM inventory.objects o WHERE ${where} AND o.namespace <> '' ORDER BY 1`,
        [...params],
      );
      const labels = await client.query<{ key: string; value: string }>(
        `SELECT DISTINCT l.key COLLATE "C" AS key, l.value COLLATE "C" AS value
         FROM inventory.objects o, jsonb_each_text(o.labels) l WHERE ${where} ORDER BY 1, 2
         LIMIT ${maximumSummaryLabels}`,
        [...params],
      );
      return { kinds: kinds.rows, namespaces: namespaces.rows.map((row) => row.namespace), labels: labels.rows };
    });
  }

  clusters(): Promise<StoredCluster[]> {
    return this.snapshot(async (client) => {
      const clusters = await client.query<Omit<StoredCluster, 'kinds'> & { id: number }>(
        `SELECT id, cluster_id AS "clusterId", name, api_server_url AS "apiServerUrl", source, incarnation, state,
           reason, message, first_seen AS "firstSeen", last_seen AS "lastSeen" FROM inventory.clusters ORDER BY name, cluster_id`,
      );
      const kinds = await client.query<StoredKind & { cluster: number }>(
        `SELECT r.cluster, r.resource, r.object_kind AS "objectKind", r.namespaced, r.incarnation, r.state,
           r.reason, r.message, r.since, coalesce(n.count, 0) AS "objectCount"
         FROM inventory.resources r
         LEFT JOIN (SELECT resource, count(*) FROM inventory.objects GROUP BY resource) n ON n.resource = r.id
         ORDER BY r.cluster, r.resource`,
      );
      return clusters.rows.map((cluster) => ({
        ...cluster,
        kinds: kinds.rows.filter((kind) => kind.cluster === cluster.id),
      }));
    });
  }

  seq(): Promise<number> {
    return this.snapshot((client) => readMeta(client, 'seq'));
  }

  /** The change sequence at which the inventory was emptied last; 0 when it never was. */
  resetSeq(): Promise<number> {
    return this.snapshot((client) => readMeta(client, 'reset_seq'));
  }

  changesSince(since: number, limit: number): Promise<ChangePage> {
    return this.snapshot(async (client) => {
      const seq = await readMeta(client, 'seq');
      if (since < (await readMeta(client, 'pruned_seq')) || since > seq) return { reset: true, seq };
      const changes = await this.changes(client, since, limit + 1);
      const more = changes.length > limit;
      const page = more ? changes.slice(0, limit) : changes;
      return { reset: false, changes: page, more, seq: more ? (page.at(-1)?.head.seq ?? seq) : seq };
    });
  }

  /** Every table with its count, by name. */
  tables(): Promise<readonly TableCount[]> {
    const select = tableNames.map((name) => `SELECT '${name}' AS name, count(*) AS count FROM inventory.${name}`);
    return this.snapshot(async (client) => {
      const { rows } = await client.query<TableCount>(`${select.join(' UNION ALL ')} ORDER BY name`);
      return rows;
    });
  }

  private async changes(client: PgClient, since: number, limit: number): Promise<CommittedChange[]> {
    const { rows } = await client.query<HeadRow & { deleted: boolean }>(
      `SELECT * FROM (
         (SELECT ${headColumns}, false AS deleted FROM ${source} WHERE o.seq > $1 ORDER BY o.seq LIMIT $2)
         UNION ALL
         (SELECT 0, o.seq, c.cluster_id, o.uid, o.api_version, o.kind, '', o.namespace, o.name, o.resource_version,
            o.created, NULL, 0, 0, true
          FROM inventory.tombstones o JOIN inventory.clusters c ON c.id = o.cluster
          WHERE o.seq > $1 ORDER BY o.seq LIMIT $2)) u
       ORDER BY seq LIMIT $2`,
      [since, limit],
    );
    return rows.map((row) => ({ type: row.deleted ? 'delete' : 'upsert', head: toHead(row) }));
  }

  private toHead(row: HeadRow): ObjectHead {
    const since = row.stale ?? staleSince(row, this.connected.has(row.clusterId));
    return since === undefined ? toHead(row) : { ...toHead(row), staleSince: new Date(since).toISOString() };
  }

  private toPage(
    query: ObjectQuery,
    found: readonly HeadRow[],
    facts: { totalCount: number; seq: number },
  ): ObjectPage {
    const rows = found.slice(0, query.pageSize);
    const last = rows.at(-1);
    const page = {
      rows: rows.map((row) => (row.json === undefined ? this.toHead(row) : { ...this.toHead(row), json: row.json })),
      ...facts,
    };
    if (last === undefined || found.length <= query.pageSize) return page;
    return { ...page, next: encodeAnchor({ id: last.id, value: sortValue(last, query.sort) }) };
  }

  private async findPublished(id: string): Promise<(HeadRow & { json: string }) | undefined> {
    const decoded = decodePublishedId(id);
    if (decoded === undefined || decoded.text.includes('\u0000')) return undefined;
    const { rows } = await this.pool.query<HeadRow & { json: string }>(
      `SELECT ${headColumns}, o.json FROM unnest($1::text[], $2::text[]) AS k(namespace, name)
       JOIN inventory.objects o ON o.namespace = k.namespace AND o.name = k.name
       JOIN inventory.clusters c ON c.id = o.cluster`,
      [
        decoded.candidates.map((candidate) => candidate.namespace),
        decoded.candidates.map((candidate) => candidate.name),
      ],
    );
    return rows.find((row) => matchesPublishedId(row, decoded));
  }

  private async snapshot<T>(read: (client: PgClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const answer = await read(client);
      await client.query('COMMIT');
      return answer;
    } catch (error) {
      // The transaction may be left open: the connection is not given back.
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function readMeta(client: PgClient, key: string): Promise<number> {
  const { rows } = await client.query<{ value: number }>('SELECT value FROM inventory.meta WHERE key = $1', [key]);
  return rows[0]?.value ?? 0;
}

function toHead(row: HeadRow): ObjectHead {
  const { seq, clusterId, uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp, model } = row;
  const head = { seq, clusterId, uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp };
  return model === undefined || model === '' ? head : { ...head, model };
}

function sortValue(row: HeadRow, column: SortColumn): string {
  const values: Record<SortColumn, string> = {
    name: row.name,
    kind: row.kind,
    namespace: row.namespace,
    api_version: row.apiVersion,
    creation_timestamp: row.creationTimestamp,
    model: row.model ?? '',
  };
  return values[column];
}
