import { unpackBatch } from '@meshery/contracts';
import type { Batch, BatchOutcome, ClusterStatus, OpenRunRequest, OpenRunResponse } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import type {
  ChangePage,
  CommitNotice,
  InventoryStore,
  InventorySummary,
  ObjectFilter,
  ObjectPage,
  ObjectQuery,
  PageFormat,
  StoredObject,
  StoreHealth,
  TableCount,
} from '../inventory-store.ts';
import type { StoreMetrics } from '../metrics.ts';
import { toClusterStatus } from '../shared/cluster-status.ts';
import { CommitNotices, collectChanges } from '../shared/commit-notices.ts';
import type { BatchChanges } from '../shared/commit-notices.ts';
import { componentTable } from '../shared/component-table.ts';
import { ConnectedClusters } from '../shared/connected-clusters.ts';
import { busyError, resettingError, unreachableError } from '../shared/errors.ts';
import { removeInPieces } from '../shared/remove-cluster.ts';
import { verdictName } from '../shared/verdict-name.ts';
import { writePage } from '../shared/write-page.ts';
import { PgCommitFeed, commitChannel } from './pg-commit-feed.ts';
import { readComponents } from './pg-components.ts';
import type { PgWork } from './pg-engine.ts';
import { PgListener } from './pg-listener.ts';
import { pgFault } from './pg-pool.ts';
import type { PgPool } from './pg-pool.ts';
import { PgReader } from './pg-reader.ts';
import { PgUpkeep } from './pg-upkeep.ts';
import { PgWriter } from './pg-writer.ts';
import type { PgCommit } from './pg-writer.ts';

const closeDeadlineMs = 9000;

/** What a PostgreSQL inventory is made of. */
export interface PostgresInventoryOptions {
  /** Of the database, to listen to it. */
  readonly url: string;
  /** Unique among the processes of the database. */
  readonly id: string;
  readonly pool: PgPool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: StoreMetrics;
  readonly maximumQueued: number;
  readonly tombstoneMs: number;
  readonly maximumTombstones: number;
}

/** The inventory in PostgreSQL. `onCommit` hears the commits of every process. Made by `openPostgresInventory`. */
export class PostgresInventory implements InventoryStore {
  readonly components = componentTable(
    (work) => this.submit(work),
    () => this.read(() => readComponents(this.options.pool)),
  );
  private readonly options: PostgresInventoryOptions;
  private readonly notices: CommitNotices;
  private readonly writer: PgWriter;
  private readonly reader: PgReader;
  private readonly upkeep: PgUpkeep;
  private readonly connected = new ConnectedClusters();
  private readonly feed: PgCommitFeed;
  private readonly listener: PgListener;
  private resetting = false;
  private closed = false;

  constructor(options: PostgresInventoryOptions) {
    const { pool, clock, logger, maximumQueued, url, id } = options;
    this.options = options;
    this.notices = new CommitNotices((error) => logger.error({ error: String(error) }, 'commit listener threw'));
    this.reader = new PgReader(pool, this.connected);
    this.upkeep = new PgUpkeep(options);
    const { reader, notices } = this;
    this.feed = new PgCommitFeed({
      ...{ id, reader, clock, logger },
      tell: (notice) => notices.tell(notice),
      onReported: (clusterIds) => this.connected.hearOf(clusterIds),
    });
    const onNote = (text: string | undefined): void => this.feed.hearNote(text);
    this.listener = new PgListener({ url, channel: commitChannel, clock, logger, onNote });
    this.writer = new PgWriter({
      id,
      pool,
      clock,
      logger,
      maximumQueued,
      onCommit: (commit) => this.hearCommit(commit),
      onFault: (message) => this.hearFault(message),
    });
  }

  /** Starts what runs beside the calls; rejects with the error of `pg` when the database does not answer. */
  async start(): Promise<void> {
    await this.listener.start();
    await this.feed.start();
    this.upkeep.start();
  }

  async openRun(request: OpenRunRequest): Promise<OpenRunResponse> {
    const result = await this.submit({ type: 'open-run', request });
    if (result.opened === undefined) throw busyError(`The run was not opened: ${result.reason}.`);
    return result.opened;
  }

  async ingest(batch: Batch): Promise<BatchOutcome> {
    const { verdict, reason, expectedSequence } = await this.submit({ type: 'ingest', batch: unpackBatch(batch) });
    const { clusterId, incarnation, kind, sequence } = batch;
    this.options.metrics.batches.inc({ verdict: verdictName(verdict) });
    return { clusterId, incarnation, kind, sequence, verdict, reason, expectedSequence };
  }

  page(query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    return this.read(() => this.reader.page(query, withText));
  }

  async writtenPage(query: ObjectQuery, format: PageFormat): Promise<Buffer> {
    return writePage(await this.page(query, format.needsText), format);
  }

  async *export(filter: ObjectFilter): AsyncGenerator<readonly StoredObject[]> {
    const pieces = this.reader.export(filter);
    for (;;) {
      const next = await this.read(() => pieces.next());
      if (next.done === true) return;
      yield next.value;
    }
  }

  async find(idOrUid: string): Promise<StoredObject | undefined> {
    return (await this.read(() => this.reader.find(idOrUid)))?.object;
  }

  async remove(idOrUid: string): Promise<boolean> {
    const found = await this.read(() => this.reader.find(idOrUid));
    if (found === undefined) return false;
    const result = await this.submit({ type: 'remove', rowId: found.id, uid: found.object.uid });
    return result.removed === true;
  }

  removeCluster(clusterId: string): Promise<boolean> {
    return removeInPieces(() => this.submit({ type: 'remove-cluster', clusterId }));
  }

  summary(filter: ObjectFilter): Promise<InventorySummary> {
    return this.read(() => this.reader.summary(filter));
  }

  async clusters(): Promise<readonly ClusterStatus[]> {
    const clusters = await this.read(() => this.reader.clusters());
    return clusters.map((cluster) => toClusterStatus(cluster, this.connected.has(cluster.clusterId)));
  }

  seq(): Promise<number> {
    return this.read(() => this.reader.seq());
  }

  changesSince(seq: number, limit: number): Promise<ChangePage> {
    return this.read(() => this.reader.changesSince(seq, limit));
  }

  onCommit(listener: (notice: CommitNotice) => void): () => void {
    return this.notices.add(listener);
  }

  health(): StoreHealth {
    const { fault, queued } = this.writer;
    const base = { migrated: !this.closed, writerAlive: !this.closed && fault === undefined, queued };
    return fault === undefined ? base : { ...base, fault: { code: 'meshery-store-1605', message: fault } };
  }

  tables(): Promise<readonly TableCount[]> {
    return this.read(() => this.reader.tables());
  }

  /** Nothing is moved aside: backups of a database are its administrator's. */
  async reset(reason: string): Promise<undefined> {
    if (this.resetting) throw resettingError();
    this.resetting = true;
    try {
      const result = await this.submit({ type: 'reset', reason });
      if (result.reason !== '') throw busyError(`The inventory was not emptied: ${result.reason}.`);
    } finally {
      this.resetting = false;
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.upkeep.stop();
    await this.writer.close(closeDeadlineMs);
    await this.listener.stop();
    await this.feed.stop();
    this.notices.clear();
    await this.options.pool.end();
  }

  private submit(work: PgWork): ReturnType<PgWriter['submit']> {
    const pending = this.writer.submit(work);
    this.options.metrics.queuedBatches.set(this.writer.queued);
    return pending;
  }

  private hearCommit({ before, seq, works, results, clusterIds, ms }: PgCommit): void {
    const { metrics } = this.options;
    metrics.commits.inc();
    metrics.commitSeconds.observe(ms / 1000);
    metrics.queuedBatches.set(this.writer.queued);
    for (const work of works) this.connected.hear(work);
    const parts = results.map((result, index) => {
      const work = works[index];
      return { ...changesOf(work), seqs: result.seqs, extra: result.extra };
    });
    const changes = collectChanges(parts);
    metrics.changes.inc(changes.length);
    const resets = works.flatMap((work) => (work.type === 'reset' ? [work.reason] : []));
    const isNews = seq !== before || clusterIds.length > 0;
    this.feed.hearOwn({
      before,
      notices: [
        ...(isNews ? [{ seq, changes, clusterIds }] : []),
        ...resets.map((reset) => ({ seq, changes: [], clusterIds: [], reset })),
      ],
    });
  }

  private hearFault(message: string | undefined): void {
    const { metrics, logger } = this.options;
    metrics.faulty.set(message === undefined ? 0 : 1);
    if (message === undefined) {
      logger.info({ queued: this.writer.queued }, 'inventory is written again');
      return;
    }
    metrics.faults.inc();
    logger.error({ code: 'meshery-store-1605', reason: message }, 'inventory cannot be written');
  }

  private async read<T>(run: () => Promise<T>): Promise<T> {
    if (this.closed) throw busyError('The store is closed.');
    try {
      return await run();
    } catch (error) {
      throw pgFault(error) === 'unreachable' ? unreachableError(error) : error;
    }
  }
}

function changesOf(work: PgWork | undefined): Pick<BatchChanges, 'objects' | 'clusterId'> {
  if (work?.type !== 'ingest' || work.batch.body?.$case !== 'changes') return { objects: [] };
  return { objects: work.batch.body.value.objects, clusterId: work.batch.clusterId };
}
