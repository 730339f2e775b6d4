import { existsSync, renameSync, rmSync } from 'node:fs';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { ConnectedClusters } from '../shared/connected-clusters.ts';
import { newerVersionError, writeError } from '../shared/errors.ts';
import { applicationId, schemaVersion, tuning } from './schema.ts';
import { inspectHeader } from './data-folder.ts';
import { LightReader } from './reader/light-reader.ts';
import { PageReader } from './reader/page-reader.ts';
import { ReaderPool } from './reader/reader-pool.ts';
import { WriterClient } from './writer/writer-client.ts';
import type { QueueLimits, WriterListener } from './writer/writer-client.ts';

/** Everything that hangs on one inventory file; replaced as a whole when the file is rebuilt. */
export interface InventoryParts {
  readonly light: LightReader;
  readonly pool: ReaderPool;
  /** For what nobody waits for: it yields the processor to everything else. */
  readonly background: ReaderPool;
  readonly pages: PageReader;
}

/** Settings of a SQLite inventory, complete. */
export interface InventorySettings {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: QueueLimits;
  readonly tombstoneMs: number;
  readonly maximumTombstones: number;
  readonly readerThreads: number;
  readonly queryDeadlineMs: number;
}

/** Makes the writer of a file; it is not started yet. */
export function makeWriter(settings: InventorySettings, listener: WriterListener): WriterClient {
  const { file, limits, logger, clock, tombstoneMs, maximumTombstones } = settings;
  const { busyTimeoutMs } = tuning;
  const data = { file, maximumRows: 500, maximumMs: 5, tombstoneMs, maximumTombstones, busyTimeoutMs };
  return new WriterClient({ data, limits, logger, clock, listener });
}

/** How a start of the writer ended: open, or damaged beyond use. */
export type StartResult = { readonly opened: true } | { readonly opened: false; readonly damage: string };

/** Starts the writer; throws coded when the file is from a newer version or the disk refuses it. */
export async function startWriter(writer: WriterClient, file: string): Promise<StartResult> {
  const first = await writer.start();
  if (first.type === 'ready') return { opened: true };
  await writer.abandon();
  if (first.type === 'corrupt') return { opened: false, damage: first.message };
  throw first.type === 'refused' ? newerVersionError(file, first.found, schemaVersion) : openError(first.message);
}

function openError(message: string): MesheryError {
  return writeError(message);
}

const lowestPriority = 19;

/** Somebody who looks at one page after the other pauses for less. */
const restMs = 30_000;

/** The check of a large file may last, and the log is copied back meanwhile. */
const backgroundLimits = { threads: 2, deadlineMs: 30 * 60_000, restMs };

/** Opens the readers of a file that the writer has opened. */
export function openReaders(
  settings: InventorySettings,
  state: { version: () => number; rowCount: () => number },
  connected: ConnectedClusters,
): InventoryParts {
  const { file, clock, readerThreads: threads, queryDeadlineMs: deadlineMs } = settings;
  const { busyTimeoutMs, readerCacheBytes: cacheBytes } = tuning;
  const light = new LightReader(file, { busyTimeoutMs, cacheBytes, connected });
  const data = { file, busyTimeoutMs, cacheBytes, niceness: 0 };
  const pool = new ReaderPool(data, clock, { threads, deadlineMs, restMs });
  const background = new ReaderPool({ ...data, niceness: lowestPriority }, clock, backgroundLimits);
  return { light, pool, background, pages: new PageReader({ light, pool, clock, ...state }) };
}

/** Closes the readers. */
export async function closeReaders(parts: InventoryParts): Promise<void> {
  parts.pages.cache.clear();
  parts.light.close();
  await Promise.all([parts.pool.close(), parts.background.close()]);
}

/** Looks at the header: a file that is no inventory is damage, a newer one is refused, an absent one is fine. */
export function damageInHeader(file: string): string | undefined {
  const verdict = inspectHeader(file, { applicationId, version: schemaVersion });
  if (verdict === 'not-a-database') return 'the file is not a database';
  if (verdict === 'other-application') return 'the file belongs to another application';
  return undefined;
}

/** Moves an inventory aside; the one before is dropped, so that neither damage nor resets can fill the disk. */
export function setAside(file: string, why: 'damaged' | 'archived'): string {
  const aside = `${file}.${why}`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${aside}${suffix}`, { force: true });
  for (const suffix of ['', '-wal']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${aside}${suffix}`);
  }
  rmSync(`${file}-shm`, { force: true });
  return aside;
}
