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

/** 1506: the broker refuses the credentials. */
export function credentialsRefused(reason: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1506', `The broker refuses the credentials: ${reason}.`, {
    probableCause: 'The token or password is wrong, missing, or was changed on one side only.',
    remedy: 'Give this program the token or USER:PASSWORD that the broker knows; it is read anew at each attempt.',
    cause,
  });
}

/** 1506: the credentials cannot be read, so none can be shown. */
export function credentialsUnreadable(reason: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1506', `The credentials of the broker cannot be read: ${reason}.`, {
    probableCause: 'The file with the token is missing, or may not be read.',
    remedy: 'Mount the Secret with the token, readable for this user; it is read anew at each attempt.',
    cause,
  });
}

/** 1507: there is no TLS connection that can be trusted. */
export function brokerNotTrusted(reason: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1507', `The TLS connection to the broker is not trusted: ${reason}.`, {
    probableCause: 'Its certificate is signed by another CA, has expired or names another host, or it offers no TLS.',
    remedy: 'Give this program the CA that signed the certificate of the broker, and an address the certificate names.',
    cause,
  });
}
