import { MesheryError } from '@meshery/errors';
import { connectionDefinition } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { Move } from './connections-port.ts';

/** The error for a connection that is there already. */
export function taken(): MesheryError {
  return new MesheryError('meshery-core-1007', 'There is such a connection already.', {
    probableCause: 'It was made before, perhaps by somebody else.',
    remedy: 'Look it up in the list and change that one.',
  });
}

/** The error for a change of status that the life of the kind does not allow. */
export function illegal({ name, kind, status }: Connection, { to }: Move): MesheryError {
  const { transitionMap = {} } = connectionDefinition(kind) ?? {};
  const next = transitionMap[status]?.map(({ nextState }) => nextState) ?? [];
  const isNever = !Object.values(transitionMap).some((steps) => steps.some(({ nextState }) => nextState === to));
  return new MesheryError('meshery-connection-1700', `The connection "${name}" is ${status} and cannot become ${to}.`, {
    probableCause: isNever
      ? `The operator runs it in a cluster: no ${kind} becomes ${to} by itself.`
      : 'Its status changed meanwhile, or the step leaves one out.',
    remedy: `${isNever ? 'Disconnect its cluster, or undeploy the operator. ' : ''}${
      next.length === 0 ? 'Make a new connection.' : `From here it can become: ${next.join(', ')}.`
    }`,
    details: { status, asked: to, allowed: next },
  });
}
