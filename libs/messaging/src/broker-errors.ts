import { MesheryError } from '@meshery/errors';

const brokerRemedy = 'Look whether the broker runs and answers at its address, and whether the token is right.';

/** 1500: there is no connection now. */
export function brokerUnreachable(reason: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1500', `The broker is not reachable: ${reason}.`, {
    probableCause: 'The broker is down, restarting, or refuses the credentials.',
    remedy: brokerRemedy,
    cause,
  });
}

/** 1501: the stream did not say that it stored the message; trying again is safe. */
export function notAcknowledged(
  reason: string,
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): MesheryError {
  return new MesheryError('meshery-messaging-1501', `The stream did not store the message: ${reason}.`, {
    probableCause: 'The stream is missing or full, JetStream is off, or the connection was cut.',
    remedy: 'Look at the stream (nats stream info) and at the free space of the broker; sending is tried again.',
    details,
    cause,
  });
}

/** 1502: larger than the broker or a limit of ours allows. */
export function tooLarge(bytes: number, limit: number): MesheryError {
  return new MesheryError(
    'meshery-messaging-1502',
    `A message of ${bytes} bytes is over the limit of ${limit} bytes.`,
    {
      probableCause: 'One object is very large.',
      remedy: 'Leave the object out with the watch list, or raise max_payload of the broker.',
      details: { bytes, limit },
    },
  );
}

/** 1504: nobody answered. */
export function unanswered(subject: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1504', `The request on ${subject} was not answered in time.`, {
    probableCause: 'Nobody serves it: the bridge or the server is down or not yet connected.',
    remedy: 'Look at the readiness of the broker bridge; the agent goes on with a snapshot.',
    cause,
  });
}
