import { errorMessage } from '../shared/error-code.ts';
import { BufferPool, sharedMemory } from '@meshery/contracts';
import type { Batch, BatchOutcome, ClusterStatus, OpenRunRequest, OpenRunResponse } from '@meshery/contracts';
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
import { CommitNotices, collectChanges, lazyNotice } from '../shared/commit-notices.ts';
import { componentTable } from '../shared/component-table.ts';
import { ConnectedClusters } from '../shared/connected-clusters.ts';
import { busyError, rebuildingError, resettingError } from '../shared/errors.ts';
import { removeInPieces } from '../shared/remove-cluster.ts';
import { verdictName } from '../shared/verdict-name.ts';
import { readComponents } from './component-rows.ts';
import { readClusters } from './reader/cluster-reader.ts';
import type { FileLock } from './data-folder.ts';
import { faultKind } from './faults.ts';
import { LogCopy } from './log-copy.ts';
import { measureQueue, measureStats, reportFault } from './writer-reports.ts';
import { exportPieces } from './reader/export-pieces.ts';
import { changePage } from './reader/change-page.ts';
import { changesOf, ingestWork } from './writer/ingest-work.ts';
import { closeReaders, makeWriter, openReaders, setAside, startWriter } from './inventory-parts.ts';
import type { InventoryParts, InventorySettings } from './inventory-parts.ts';
import { tuning } from './schema.ts';
import type { WriterClient, WriterListener } from './writer/writer-client.ts';
import type { WriterEvent, WriterStats, WriterWork } from './writer/writer-protocol.ts';

/** Buffers in which batches cross over to the writer, and how many are kept: a full batch fits. */
const bufferBytes = 320 * 1024;
const maximumBuffers = 32;

/** Commits with as many changed rows or more belong to a bulk. */
const bulkRows = 200;

/** How long `close` may take in all, in milliseconds. */
const closeDeadlineMs = 9000;

/** What a store is made of besides its settings. */
export interface InventoryDependencies {
  readonly settings: InventorySettings;
  readonly metrics: StoreMetrics;
  readonly lock: FileLock;
}

/** The inventory in one SQLite file. Made by `openSqliteInventory`. */
export class SqliteInventory implements InventoryStore {
  readonly components = componentTable(
    (work) => this.writer.submit(work, 256 * work.sightings.length),
    () => this.read(({ light }) => readComponents(light.db)),
  );
  private readonly settings: InventorySettings;
  private readonly metrics: StoreMetrics;
  private readonly lock: FileLock;
  private readonly notices: CommitNotices;
  private readonly writer: WriterClient;
  private readonly logCopy: LogCopy;
  private readonly buffers = new BufferPool(bufferBytes, maximumBuffers, sharedMemory);
  private readonly connected = new ConnectedClusters();
  private parts: InventoryParts | undefined;
  private rebuilding: Promise<void> | undefined;
  private rowVersion = 0;
  private heardSeq = 0;
  private rows = 0;
  /** The last commit was part of a bulk of changes, which has no time for copying the log back. */
  private inBulk = false;
  private closed = false;
  private recovered: { readonly at: string; readonly reason: string } | undefined;

  constructor({ settings, metrics, lock }: InventoryDependencies) {
    this.settings = settings;
    this.metrics = metrics;
    this.lock = lock;
    const { logger } = settings;
    this.notices = new CommitNotices((error) => logger.error({ error: String(error) }, 'commit listener threw'));
    this.writer = makeWriter(settings, this.listener());
    this.logCopy = new LogCopy({
      logger,
      copy: async () => this.parts?.background.run({ type: 'copy-log' }),
      cut: () => this.writer.cutLog(),
      isClosed: () => this.closed,
    });
  }

  /** Opens the file; a damaged one is set aside and made anew. Called once. */
  async open(headerDamage: string | undefined): Promise<void> {
    const started = headerDamage === undefined ? await startWriter(this.writer, this.settings.file) : undefined;
    if (started?.opened === true) this.openParts();
    else await this.rebuild(headerDamage ?? (started?.opened === false ? started.damage : 'damaged'));
  }

  async openRun(request: OpenRunRequest): Promise<OpenRunResponse> {
    const result = await this.writer.submit({ type: 'open-run', request }, 256);
    if (result.opened === undefined) throw busyError(`The run was not opened: ${result.reason}.`);
    return result.opened;
  }

  async ingest(batch: Batch): Promise<BatchOutcome> {
    const { work, bytes, release } = ingestWork(batch, this.buffers);
    const pending = this.writer.submit(work, bytes).finally(release);
    measureQueue(this.writer, this.metrics);
    const { verdict, reason, expectedSequence } = await pending;
    const { clusterId, incarnation, kind, sequence } = batch;
    this.metrics.batches.inc({ verdict: verdictName(verdict) });
    return { clusterId, incarnation, kind, sequence, verdict, reason, expectedSequence };
  }

  page(query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    return this.read((parts) => parts.pages.page(query, withText));
  }

  writtenPage(query: ObjectQuery, format: PageFormat): Promise<Buffer> {
    return this.read((parts) => parts.pages.writtenPage(query, format));
  }

  async *export(filter: ObjectFilter): AsyncGenerator<readonly StoredObject[]> {
    const { ids } = await this.read((parts) => parts.pages.order(filter, { sort: 'name', descending: false }));
    yield* exportPieces(ids, (id) =>
      this.readNow(({ light }) => {
        const head = light.head(id);
        return head === undefined ? undefined : light.stored(head);
      }),
    );
  }

  find(idOrUid: string): Promise<StoredObject | undefined> {
    return this.read(({ light }) => {
      const head = light.find(idOrUid);
      return head === undefined ? undefined : light.stored(head);
    });
  }

  async remove(idOrUid: string): Promise<boolean> {
    const head = await this.read(({ light }) => light.find(idOrUid));
    if (head === undefined) return false;
    const result = await this.writer.submit({ type: 'remove', rowId: head.rowId, uid: head.uid }, 256);
    return result.removed === true;
  }

  removeCluster(clusterId: string): Promise<boolean> {
    return removeInPieces(() => this.writer.submit({ type: 'remove-cluster', clusterId }, 256));
  }

  summary(filter: ObjectFilter): Promise<InventorySummary> {
    return this.read(({ pages }) => pages.summary(filter));
  }

  clusters(): Promise<readonly ClusterStatus[]> {
    return this.read(({ light }) =>
      readClusters(light.db).map((cluster) => toClusterStatus(cluster, this.connected.has(cluster.clusterId))),
    );
  }

  seq(): Promise<number> {
    return this.read(({ light }) => light.seq);
  }

  changesSince(seq: number, limit: number): Promise<ChangePage> {
    return this.read(({ light }) => light.snapshot(() => changePage(light, seq, limit)));
  }

  onCommit(listener: (notice: CommitNotice) => void): () => void {
    return this.notices.add(listener);
  }

  health(): StoreHealth {
    const { fault } = this.writer;
    const open = this.parts !== undefined && this.rebuilding === undefined;
    return {
      migrated: open,
      writerAlive: open && this.writer.alive && fault === undefined,
      queued: this.writer.queued,
      ...(fault === undefined ? {} : { fault: { code: 'meshery-store-1600', message: fault } }),
      ...(this.recovered === undefined ? {} : { recovered: this.recovered }),
    };
  }

  tables(): Promise<readonly TableCount[]> {
    return this.read(({ pool }) => pool.run({ type: 'tables' }));
  }

  async reset(reason: string): Promise<string> {
    if (this.rebuilding !== undefined) throw resettingError();
    if (this.parts === undefined) throw busyError('The store is closed.');
    let aside = '';
    await this.replace(async () => {
      this.settings.logger.warn({ reason }, 'the inventory is emptied, discovery fills it again');
      aside = await this.startAnew(reason, 'archived');
    });
    return aside;
  }

  /** Looks for damage in every page, on a thread of its own; damage starts a rebuild. For the time after a start. */
  async check(): Promise<void> {
    const damage = await this.read(({ background }) => background.run({ type: 'check' }));
    if (damage !== undefined) await this.rebuild(damage);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.rebuilding;
    const { parts } = this;
    this.parts = undefined;
    // Readers first: the writer can only cut the WAL when nobody reads it.
    if (parts !== undefined) await closeReaders(parts);
    await this.writer.close(closeDeadlineMs);
    this.notices.clear();
    this.lock.release();
  }

  private listener(): WriterListener {
    const { metrics } = this;
    return {
      committed: (event, works) => this.hearCommit(event, works),
      stats: (stats) => this.hearStats(stats),
      fault: (message) => reportFault(message, { metrics, logger: this.settings.logger, queued: this.writer.queued }),
      corrupt: (message) => {
        if (this.parts !== undefined) void this.rebuild(message);
      },
      restarted: () => {
        metrics.writerRestarts.inc();
        this.catchUp();
      },
    };
  }

  private hearCommit(event: Extract<WriterEvent, { type: 'committed' }>, works: readonly WriterWork[]): void {
    this.metrics.commits.inc();
    this.metrics.changes.inc(event.changedRows);
    this.metrics.commitSeconds.observe(event.commitMs / 1000);
    this.inBulk = event.changedRows >= bulkRows;
    const changed = event.seq !== this.heardSeq;
    this.heardSeq = event.seq;
    const arrived = works.flatMap((work) => this.connected.hear(work) ?? []);
    measureQueue(this.writer, this.metrics);
    const touched = new Set(event.results.flatMap((result) => (result.touched === undefined ? [] : [result.touched])));
    if (this.parts?.light.stale.look([...touched, ...arrived]) === true || changed) this.rowVersion += 1;
    if (!this.notices.wanted || (!changed && touched.size === 0)) return;
    const collect = () => collectChanges(event.results.map((result, index) => changesOf(result, works[index])));
    this.notices.tell(lazyNotice({ seq: event.seq, clusterIds: [...touched] }, collect));
  }

  private hearStats(stats: WriterStats): void {
    this.rows = stats.rows;
    measureStats(stats, this.metrics);
    measureQueue(this.writer, this.metrics);
    if (stats.walBytes >= tuning.largeWalBytes && (stats.idle || !this.inBulk)) this.logCopy.begin();
  }

  /** After a restart of the thread: what it committed without being heard is read from the log of changes. */
  private catchUp(): void {
    const { parts } = this;
    if (parts === undefined) return;
    this.rowVersion += 1;
    parts.light.stale.lookAtAll();
    const { seq } = parts.light;
    if (seq === this.heardSeq) return;
    const changes = parts.light.changes(this.heardSeq, Number.MAX_SAFE_INTEGER);
    this.heardSeq = seq;
    this.notices.tell({ seq, changes, clusterIds: [] });
  }

  private openParts(): void {
    const state = { version: () => this.rowVersion, rowCount: () => this.rows };
    this.parts = openReaders(this.settings, state, this.connected);
    this.heardSeq = this.parts.light.seq;
    if (this.rows > 0) this.parts.pool.warm();
  }

  private async read<T>(run: (parts: InventoryParts) => T | Promise<T>): Promise<T> {
    await this.rebuilding;
    if (this.parts === undefined) throw busyError('The store is closed.');
    try {
      return await run(this.parts);
    } catch (error) {
      throw this.judgeReadError(error);
    }
  }

  private readNow<T>(run: (parts: InventoryParts) => T): T {
    if (this.parts === undefined) throw busyError('The store is closed.');
    try {
      return run(this.parts);
    } catch (error) {
      throw this.judgeReadError(error);
    }
  }

  /** Damage met by a reader starts a rebuild; its caller is asked to try again. */
  private judgeReadError(error: unknown): unknown {
    if (faultKind(error) !== 'corrupt') return error;
    void this.rebuild(errorMessage(error));
    return rebuildingError(error);
  }

  private rebuild(reason: string): Promise<void> {
    if (this.closed) return Promise.resolve();
    return this.rebuilding ?? this.replace(() => this.rebuildNow(reason));
  }

  private replace(work: () => Promise<void>): Promise<void> {
    const replaced = work().finally(() => {
      this.rebuilding = undefined;
    });
    this.rebuilding = replaced;
    return replaced;
  }

  private async rebuildNow(reason: string): Promise<void> {
    const { logger, clock } = this.settings;
    logger.error({ code: 'meshery-store-1603', reason }, 'inventory is damaged, rebuilding it from the clusters');
    const aside = await this.startAnew(reason, 'damaged', () => {
      this.recovered = { at: new Date(clock.now()).toISOString(), reason };
      this.metrics.rebuilds.inc();
    });
    logger.warn({ aside }, 'inventory was made anew, discovery fills it again');
  }

  /** Moves the file aside and goes on with an empty one; resolves with where the old one is. */
  private async startAnew(reason: string, why: 'damaged' | 'archived', onOpen?: () => void): Promise<string> {
    const { parts } = this;
    const { file } = this.settings;
    this.parts = undefined;
    if (parts !== undefined) await closeReaders(parts);
    await this.writer.abandon();
    const aside = setAside(file, why);
    const started = await startWriter(this.writer, file);
    if (!started.opened) throw rebuildingError(new Error(started.damage));
    this.rowVersion += 1;
    this.openParts();
    onOpen?.();
    this.notices.tell({ seq: this.heardSeq, changes: [], clusterIds: [], reset: reason });
    return aside;
  }
}
