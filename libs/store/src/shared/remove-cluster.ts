import { busyError } from './errors.ts';

/** Rows of a cluster that go in one commit, so that other work is never kept waiting for long. */
export const removedAtOnce = 1000;

/** What one commit did of the removal of a cluster. */
export interface ClusterRemoval {
  readonly reason: string;
  /** False when there is no such cluster. */
  readonly removed?: boolean;
  /** Rows are left, and with them the cluster. */
  readonly isPartial?: boolean;
}

/** Repeats the removal until nothing is left; false when there was nothing. Rejects with `meshery-store-1602`. */
export async function removeInPieces(removeSome: () => Promise<ClusterRemoval>): Promise<boolean> {
  for (let isKnown = false; ; isKnown = true) {
    const { reason, removed = false, isPartial = false } = await removeSome();
    if (reason !== '') throw busyError(`The cluster was not removed: ${reason}.`);
    if (!isPartial) return isKnown || removed;
  }
}
