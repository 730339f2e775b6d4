import type { ListWay } from '../api/server-version.ts';

/** Times and limits of list/watch streams. */
export interface StreamConfig {
  /** Silence after which a watch is considered dead, in ms. Default 90,000. */
  readonly stallMs: number;
  /** Silence inside a streaming list after which the kind is paged instead, in ms. Default 30,000. */
  readonly listStallMs: number;
  /** First and greatest delay of the back-off after failures, in ms. Default 800 and 30,000. */
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** Least time between two connects of one kind, in ms. Default 1000. */
  readonly minConnectIntervalMs: number;
  /** Greatest time between attempts while a kind is forbidden or not served, in ms. Default 30,000. */
  readonly deniedRetryMs: number;
  /** Time after which a resumed watch that said nothing counts as accepted, in ms. Default 100. */
  readonly settleMs: number;
  /** How first snapshots are asked for; `auto`: as `chooseListWay` says, streams where nobody chose. Default auto. */
  readonly lists: ListWay | 'auto';
  /** Objects per page where lists are paged. Default 500. */
  readonly pageSize: number;
  /** Largest object in bytes; larger ones are skipped and reported. Default 8 MiB. */
  readonly maxObjectBytes: number;
}

/** The documented defaults. */
export const defaultStreamConfig: StreamConfig = {
  stallMs: 90_000,
  listStallMs: 30_000,
  backoffMinMs: 800,
  backoffMaxMs: 30_000,
  minConnectIntervalMs: 1000,
  deniedRetryMs: 30_000,
  settleMs: 100,
  lists: 'auto',
  pageSize: 500,
  maxObjectBytes: 8 * 1024 * 1024,
};
