import { MesheryError } from '@meshery/errors';
import type { Connection, TransitionMap } from '@meshery/object-model';
import type { Move } from './connections-port.ts';

/** The error for a connection that is there already. */
export function taken(): MesheryError {
  return new MesheryError('meshery-core-1007', 'There is such a connection already.', {
    probableCause: 'It was made before, perhaps by somebody else.',
    remedy: 'Look it up in the list and change that one.',
  });
}

/** The error for a kind that is not one of the known ones. */
export function unknownKind(known: readonly string[]): MesheryError {
  return new MesheryError('meshery-connection-1701', 'There is no such kind of connection.', {
    probableCause: 'The kind is misspelt, or belongs to a newer version.',
    remedy: `Use one of: ${known.join(', ')}.`,
  });
}

/** What the operator runs in a cluster. */
const parts: ReadonlySet<string> = new Set(['operator', 'meshsync', 'broker']);

/** The error for a change of status that the life of the kind does not allow. */
export function illegal({ name, kind, status }: Connection, { to }: Move, life: TransitionMap): MesheryError {
  const next = life[status]?.map(({ nextState }) => nextState) ?? [];
  const isNever = !Object.values(life).some((steps) => steps.some(({ nextState }) => nextState === to));
  const isOfOperator = isNever && parts.has(kind);
  return new MesheryError('meshery-connection-1700', `The connection "${name}" is ${status} and cannot become ${to}.`, {
    probableCause: isNever
      ? `${isOfOperator ? 'The operator runs it in a cluster' : 'The life of its kind does not come to that'}: no ${kind} becomes ${to}.`
      : 'Its status changed meanwhile, or the step leaves one out.',
    remedy: `${isOfOperator ? 'Disconnect its cluster, or undeploy the operator. ' : ''}${
      next.length === 0 ? 'Make a new connection.' : `From here it can become: ${next.join(', ')}.`
    }`,
    details: { status, asked: to, allowed: next },
  });
}
