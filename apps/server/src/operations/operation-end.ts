import { MesheryError, toMesheryError } from '@meshery/errors';
import type { Operation, OperationState, OperationTarget } from '@meshery/object-model';

/** How an operation ended. */
export interface End {
  readonly state: OperationState;
  readonly error: MesheryError | undefined;
  readonly at: string;
}

/** The fields of an end; targets that say nothing of their own end like the whole. */
export function endPatch(targets: readonly OperationTarget[], { state, error, at }: End): Partial<Operation> {
  return {
    state,
    targets: targets.map((target) => (target.state === 'running' ? { ...target, state } : target)),
    error: error === undefined ? null : { code: error.code, message: error.message },
    ...(state === 'succeeded' ? { progress: 100 } : {}),
    updatedAt: at,
    finishedAt: at,
  };
}

/** The end of an operation whose process is not there any more. */
export function orphanPatch(targets: readonly OperationTarget[], at: string): Partial<Operation> {
  const error = new MesheryError('meshery-operations-1800', 'The server process ended before its operation did.', {
    probableCause: 'The server was stopped, or could not keep how the operation ended.',
    remedy: 'Look at the state of the targets, then begin the operation again.',
  });
  return endPatch(targets, { state: 'failed', error, at });
}

/** Why a signal aborts when somebody cancels. */
export function cancelReason(): MesheryError {
  return new MesheryError('meshery-operations-1801', 'The operation was cancelled.');
}

export function isCancel(reason: unknown): boolean {
  return toMesheryError(reason).code === 'meshery-operations-1801';
}

export function hasEnded(state: OperationState): MesheryError {
  return new MesheryError(
    'meshery-core-1007',
    `The operation has ended: it ${state === 'running' ? 'failed' : state}.`,
    {
      probableCause: 'It ended before the request came.',
      remedy: 'Nothing is left to cancel; look at its targets for what was done.',
    },
  );
}

export function shuttingDown(): MesheryError {
  return new MesheryError('meshery-core-1004', 'The server is shutting down.', {
    remedy: 'Begin the operation again.',
  });
}

export function tooManyRunning(limit: number): MesheryError {
  return new MesheryError('meshery-core-1005', `More than ${String(limit)} operations are running.`, {
    probableCause: 'Much long work was begun at the same time.',
    remedy: 'Wait until some have ended, or cancel some.',
  });
}
