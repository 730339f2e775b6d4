import type { Batch, Verdict } from '@meshery/contracts';
import { sources, verdicts } from './wire-codes.ts';

/** What the store knows about the current run of a cluster. */
export interface RunState {
  /** Greatest incarnation seen; empty before the first. */
  readonly incarnation: string;
  /** Source of the run, as a number of the proto. */
  readonly source: number;
}

/** What the store knows about the position of one kind. */
export interface KindPosition {
  /** The run that `sequence` counts in. */
  readonly incarnation: string;
  readonly sequence: number;
  /** Epoch of the last snapshot that began. */
  readonly epoch: number;
  /** Number of snapshots that began in this store; 0 before the first. */
  readonly generation: number;
  readonly snapshotOpen: boolean;
}

/** A decision about one batch. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
  /** With a gap: the sequence to send again; 0 asks for a new snapshot. */
  readonly expectedSequence: number;
}

const committed: Judgement = { verdict: verdicts.committed, reason: '', expectedSequence: 0 };

/**
 * Decides what to do with a batch by the rules of runs, sequences and epochs. Pure; both databases use it.
 *
 * `snapshotBegin` is accepted at any later sequence: what was lost before it is covered by the snapshot, because
 * everything that the snapshot does not name is swept. So is the first report of a kind without snapshot: a run goes on
 * counting when its far side begins anew.
 */
export function judge(batch: Batch, run: RunState, position: KindPosition): Judgement {
  if (batch.incarnation < run.incarnation) {
    return { verdict: verdicts.superseded, reason: `run ${run.incarnation} is newer`, expectedSequence: 0 };
  }
  const last = batch.incarnation === position.incarnation ? position.sequence : 0;
  if (batch.sequence <= last) {
    return { verdict: verdicts.duplicate, reason: `sequence ${last} is committed`, expectedSequence: last + 1 };
  }
  if (batch.body?.$case === 'snapshotBegin') return committed;
  if (last === 0 && isFirstReport(batch, run, position)) return committed;
  if (batch.sequence !== last + 1) {
    return { verdict: verdicts.gap, reason: `sequence ${last + 1} is missing`, expectedSequence: last + 1 };
  }
  return judgeEpoch(batch, run, position);
}

/** Where no snapshot is stored there is nothing that a report could skip; publishers without epochs have none. */
function isFirstReport({ body }: Batch, { source }: RunState, { generation }: KindPosition): boolean {
  const isReport = body?.$case === 'kindReport' || body?.$case === 'agentReport';
  return isReport && generation === 0 && source !== sources.published;
}

/** Changes and ends only make sense in the epoch that is committed here. */
function judgeEpoch(batch: Batch, run: RunState, position: KindPosition): Judgement {
  const body = batch.body?.$case;
  if (body === 'snapshotEnd' && (!position.snapshotOpen || batch.epoch !== position.epoch)) {
    return { verdict: verdicts.gap, reason: 'no such snapshot is open: take a new one', expectedSequence: 0 };
  }
  if (body !== 'changes' || run.source === sources.published) return committed;
  if (position.generation > 0 && batch.epoch === position.epoch) return committed;
  return { verdict: verdicts.gap, reason: 'no snapshot of this epoch is stored: take a new one', expectedSequence: 0 };
}
