import type { Outcome } from './outcome.ts';

/** metav1.Condition. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly observedGeneration?: number;
  /** RFC 3339. */
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** A condition as it is judged now: without the time since when it holds. */
export type Judgement = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** What conditions are computed from. */
export interface ConditionInput {
  readonly outcome: Outcome;
  /** metadata.generation of the object that was looked at. */
  readonly generation: number;
  /** Of the object as it is; entries of other types than those judged now vanish. */
  readonly previous: readonly Condition[];
  /** What steps judged beside Ready, Progressing and Degraded. */
  readonly more: readonly Judgement[];
  readonly nowMs: number;
}

/** Ready, Progressing and Degraded from how a reconcile ended, with the steps' own; times change with the status only. */
export function summarise(input: ConditionInput): readonly Condition[] {
  const { outcome, generation, previous, more, nowMs } = input;
  const now = new Date(Math.floor(nowMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  return [...judge(outcome), ...more].map((judged) => {
    const before = previous.find(({ type }) => type === judged.type);
    const lastTransitionTime = before?.status === judged.status ? before.lastTransitionTime : now;
    return { ...judged, message: judged.message.slice(0, 4096), observedGeneration: generation, lastTransitionTime };
  });
}

function judge(outcome: Outcome): readonly Judgement[] {
  switch (outcome.type) {
    case 'done':
      return three(
        ['True', 'Available', 'Everything that is wanted is there.'],
        ['False', 'Settled', 'Nothing is left to do.'],
        ['False', 'AsExpected', 'Nothing is wrong.'],
      );
    case 'waiting': {
      const { reason, message, available = false } = outcome;
      const ready: Short = available
        ? ['True', 'Available', 'What was there before works.']
        : ['False', reason, message];
      return three(ready, ['True', reason, message], ['False', 'AsExpected', 'Nothing is wrong.']);
    }
    case 'stalled':
    case 'failed': {
      const { reason, message } = outcome;
      const retried = outcome.type === 'failed';
      return three(
        ['False', reason, message],
        retried
          ? ['True', 'Retrying', 'It is tried again.']
          : ['False', reason, 'Nothing is tried until this changes.'],
        ['True', reason, message],
      );
    }
  }
}

type Short = readonly [Condition['status'], string, string];

function three(ready: Short, progressing: Short, degraded: Short): readonly Judgement[] {
  const named = (type: string, [status, reason, message]: Short): Judgement => ({ type, status, reason, message });
  return [named('Ready', ready), named('Progressing', progressing), named('Degraded', degraded)];
}
