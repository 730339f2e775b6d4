import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Clock, Logger } from '@meshery/observability';
import type { SourceCondition } from './link-source.ts';

/** What following a folder needs. */
export interface FolderDeps {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between two looks without a sign; 30,000 unless told. */
  readonly pollMs?: number;
}

/** The files of a folder, or why there are none. */
export interface FolderListing {
  /** Sorted names. */
  readonly names: readonly string[];
  readonly failure?: SourceCondition;
}

const mostFiles = 1000;

/** Calls `look` now, at each sign of a change, and regularly: some file systems give no signs. Ends with the signal. */
export async function followFolder(deps: FolderDeps, look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const { clock, pollMs = 30_000 } = deps;
  let wake = Promise.withResolvers<void>();
  watchFolder(deps, signal, () => {
    wake.resolve();
  });
  while (!signal.aborted) {
    await look();
    const timer = new AbortController();
    const either = AbortSignal.any([signal, timer.signal]);
    await Promise.race([wake.promise, clock.sleep(pollMs, either).catch(() => undefined)]);
    timer.abort();
    wake = Promise.withResolvers<void>();
  }
}

/** The names that `wanted` accepts; hidden ones, where Kubernetes keeps the versions of a mounted volume, never. */
export async function listFolder(path: string, wanted: (name: string) => boolean): Promise<FolderListing> {
  try {
    const names = (await readdir(path)).filter((name) => !name.startsWith('.') && wanted(name)).sort();
    if (names.length <= mostFiles) return { names };
    return { names: names.slice(0, mostFiles), failure: failed(`the folder has more than ${mostFiles} files`) };
  } catch (error) {
    return { names: [], failure: failed(`the folder ${path} cannot be read (${codeOf(error)})`) };
  }
}

/** The code of a failed call of the system. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}

function failed(reason: string): SourceCondition {
  return { code: 'meshery-config-1100', reason };
}

function watchFolder({ path, logger }: FolderDeps, signal: AbortSignal, onSign: () => void): void {
  const onError = (error: unknown): void => {
    logger.debug({ err: error }, 'the folder cannot be watched; it is looked at regularly');
  };
  try {
    watch(path, { signal }, onSign).on('error', onError);
  } catch (error) {
    onError(error);
  }
}
