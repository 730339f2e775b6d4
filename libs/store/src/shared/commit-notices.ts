import type { ObjectChange } from '@meshery/contracts';
import type { CommitNotice, CommittedChange } from '../inventory-store.ts';
import { changeTypes } from './wire-codes.ts';

/** What one batch changed. */
export interface BatchChanges {
  readonly objects: readonly ObjectChange[];
  readonly clusterId?: string;
  /** The new change sequence of each object, 0 where nothing changed. */
  readonly seqs?: Float64Array | undefined;
  readonly extra?: readonly CommittedChange[] | undefined;
}

/** A notice whose changes are collected when somebody looks at them, at the latest before the listener returns. */
export function lazyNotice(
  facts: Pick<CommitNotice, 'seq' | 'clusterIds'>,
  collect: () => readonly CommittedChange[],
): CommitNotice {
  let changes: readonly CommittedChange[] | undefined;
  return {
    ...facts,
    get changes() {
      changes ??= collect();
      return changes;
    },
  };
}

/** The changes of a commit in order, one per object: its last. Heads are taken from the batches, not from the store. */
export function collectChanges(parts: readonly BatchChanges[]): CommittedChange[] {
  const latest = new Map<string, CommittedChange>();
  for (const { objects, clusterId = '', seqs, extra } of parts) {
    for (const change of extra ?? []) keep(latest, change);
    for (const [index, object] of objects.entries()) {
      const seq = seqs?.[index] ?? 0;
      if (seq === 0) continue;
      const { uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp } = object;
      const head = { seq, clusterId, uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp };
      keep(latest, { type: object.type === changeTypes.delete ? 'delete' : 'upsert', head });
    }
  }
  return [...latest.values()].sort((left, right) => left.head.seq - right.head.seq);
}

function keep(latest: Map<string, CommittedChange>, change: CommittedChange): void {
  const { clusterId, uid, apiVersion, kind, namespace, name } = change.head;
  const key = uid === '' ? `${clusterId} ${apiVersion} ${kind} ${namespace} ${name}` : `${clusterId} ${uid}`;
  const before = latest.get(key);
  if (before === undefined || before.head.seq < change.head.seq) latest.set(key, change);
}

/** Calls listeners in the order of commits; one that throws does not keep the others from hearing. */
export class CommitNotices {
  private readonly listeners = new Set<(notice: CommitNotice) => void>();
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  get wanted(): boolean {
    return this.listeners.size > 0;
  }

  add(listener: (notice: CommitNotice) => void): () => void {
    // A listener may be added twice: each addition is ended by its own function.
    const own = (notice: CommitNotice): void => listener(notice);
    this.listeners.add(own);
    return () => {
      this.listeners.delete(own);
    };
  }

  tell(notice: CommitNotice): void {
    for (const listener of this.listeners) {
      try {
        listener(notice);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  clear(): void {
    this.listeners.clear();
  }
}
