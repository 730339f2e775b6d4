import { encodeSessionOutput } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';

/** Nobody on the broker takes requests for the cluster. */
export function agentAbsent(): MesheryError {
  return new MesheryError('meshery-core-1008', 'No agent of this cluster takes requests on its broker.', {
    probableCause: 'The agent (meshsync) is down, or is a published one, which knows no native requests.',
    remedy: 'Look at the pod of meshsync and at its /statusz; open it again when it runs.',
  });
}

/** The session is not there any more, and nobody said why. */
export function sessionGone(): MesheryError {
  return new MesheryError('meshery-messaging-1500', 'The agent of the cluster does not know this session any more.', {
    probableCause: 'The agent (meshsync) was killed or replaced.',
    remedy: 'Open it again.',
  });
}

/** The bridge does not serve this broker any more. */
export function linkEnded(): MesheryError {
  return new MesheryError('meshery-core-1004', 'The bridge ends its work with the broker of this cluster.', {
    probableCause: 'It is restarted or updated, another replica takes over, or its broker has changed.',
    remedy: 'Open it again in a moment.',
  });
}

/** The last word of a request that could not be relayed. */
export function lastWordOf(id: string, { code, message, probableCause, remedy }: MesheryError): string {
  const cause = probableCause === undefined ? {} : { probableCause };
  return encodeSessionOutput(id, {
    type: 'error',
    code,
    message,
    ...cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}
