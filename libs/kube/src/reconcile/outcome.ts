import type { MesheryError } from '@meshery/errors';
import { toMesheryError } from '@meshery/errors';

/** How a step, and with it a reconcile, ended. Reasons are CamelCase, messages are sentences without changing parts. */
export type Outcome =
  /** What was wanted is there; looked at again after `afterMs`, if given. */
  | { readonly type: 'done'; readonly afterMs?: number }
  /** Something is on its way: looked at again after `afterMs`, or when a watched object changes. */
  | {
      readonly type: 'waiting';
      readonly reason: string;
      readonly message: string;
      readonly afterMs?: number;
      /** What was there before still works. */
      readonly available?: boolean;
    }
  /** The object asks for something that cannot be: nothing is tried until it, or what it refers to, changes. */
  | { readonly type: 'stalled'; readonly reason: string; readonly message: string }
  /** Something failed that may work later: tried again with a back-off. */
  | {
      readonly type: 'failed';
      readonly reason: string;
      readonly message: string;
      readonly error: MesheryError;
      readonly afterMs?: number;
    };

/** The outcome of a step that did its part: the next one follows. */
export const done: Outcome = { type: 'done' };

/** One part of a reconcile. It returns how it ended, or throws; it never writes status. */
export interface Step<C> {
  readonly name: string;
  run(context: C, signal: AbortSignal): Promise<Outcome> | Outcome;
}

/**
 * Runs steps in their order and stops at the first that is not done; what is thrown becomes an outcome. The soonest
 * time at which a step wants to look again holds for all.
 */
export async function runSteps<C>(steps: readonly Step<C>[], context: C, signal: AbortSignal): Promise<Outcome> {
  let soonestMs = Number.POSITIVE_INFINITY;
  for (const step of steps) {
    const outcome = await attempt(step, context, signal);
    if (outcome.type === 'stalled' || outcome.type === 'failed') return outcome;
    soonestMs = Math.min(soonestMs, outcome.afterMs ?? Number.POSITIVE_INFINITY);
    if (outcome.type === 'waiting') return soonestMs === Infinity ? outcome : { ...outcome, afterMs: soonestMs };
  }
  return soonestMs === Infinity ? done : { type: 'done', afterMs: soonestMs };
}

async function attempt<C>(step: Step<C>, context: C, signal: AbortSignal): Promise<Outcome> {
  try {
    return await step.run(context, signal);
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(toMesheryError(error));
  }
}

/** The policy for errors: which reason they have in conditions, and when it is tried again. */
export function failureOf(error: MesheryError): Outcome {
  const wait = error.details?.['retryAfterMs'];
  const remedy = error.remedy === undefined ? '' : ` ${error.remedy}`;
  return {
    type: 'failed',
    reason: reasons[error.code] ?? 'UnexpectedError',
    message: `${error.message}${remedy}`,
    error,
    ...(typeof wait === 'number' ? { afterMs: wait } : {}),
  };
}

const reasons: Readonly<Partial<Record<MesheryError['code'], string>>> = {
  'meshery-core-1003': 'TimedOut',
  'meshery-kube-1303': 'ApiServerUnreachable',
  'meshery-kube-1304': 'CredentialRejected',
  'meshery-kube-1308': 'Forbidden',
  'meshery-kube-1309': 'ApiServerUnreachable',
  'meshery-kube-1310': 'Conflict',
  'meshery-kube-1311': 'Rejected',
  'meshery-kube-1312': 'ApiServerBusy',
  'meshery-kube-1313': 'NotFound',
};
