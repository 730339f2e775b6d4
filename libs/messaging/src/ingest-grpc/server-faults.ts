import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { MesheryError, isMesheryError } from '@meshery/errors';

const tlsWords = /certificate|self.signed|altnames|issuer|TLS|SSL/i;

/**
 * What keeps a call from being answered: 1505, 1506 or 1510 when the server refuses it, `meshery-core-1009` when it does
 * not know the call, 1507 for TLS, else 1500.
 */
export function serverFault(thrown: unknown): MesheryError {
  if (isMesheryError(thrown)) return thrown;
  const { code, details, message, metadata } = thrown as Partial<ServiceError>;
  const reason = sentence(details === undefined || details === '' ? (message ?? 'an unknown reason') : details);
  if (code === status.PERMISSION_DENIED) return notBound(reason, thrown);
  if (code === status.UNAUTHENTICATED) return refused(reason, thrown);
  if (code === status.UNIMPLEMENTED) return unknownCall(thrown);
  if (metadata?.get('meshery-code')[0] === 'meshery-messaging-1510') return tooOld(reason, thrown);
  return code === status.UNAVAILABLE && tlsWords.test(reason)
    ? notTrusted(reason, thrown)
    : unreachable(reason, thrown);
}

/** 1506: a file of credentials cannot be read, so none can be shown. */
export function credentialUnreadable(what: string, cause: unknown): MesheryError {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new MesheryError('meshery-messaging-1506', `The ${what} of the server cannot be read (${code}).`, {
    probableCause: 'The file is missing, or may not be read.',
    remedy: 'Mount the Secret with it, readable for this user; it is read anew at each attempt.',
    cause,
  });
}

function unreachable(reason: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1500', `The server does not answer: ${reason}`, {
    probableCause: 'It is down or restarting, or its gRPC port cannot be reached from here.',
    remedy:
      'Look whether the server listens at this address (MESHERY_GRPC_HOST, MESHERY_GRPC_PORT); it is tried again.',
    cause,
  });
}

function notBound(reason: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1505', `The server refuses what is found in this cluster: ${reason}`, {
    probableCause: 'The token belongs to another cluster.',
    remedy: 'Bind the token to the uid of namespace kube-system in the bindings file of the server.',
    cause,
  });
}

function refused(reason: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1506', `The server refuses the token: ${reason}`, {
    probableCause: 'The token is wrong, missing, or was changed on one side only.',
    remedy: 'Write the token that the server has the SHA-256 of into the token file; it is read anew at each attempt.',
    cause,
  });
}

function tooOld(reason: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1510', reason, {
    probableCause: 'The server was upgraded past more than one version.',
    remedy: 'Upgrade this program to the version of the server; it is tried again.',
    cause,
  });
}

function unknownCall(cause: unknown): MesheryError {
  return new MesheryError('meshery-core-1009', 'The server does not know this call.', {
    probableCause: 'It is older than this program.',
    remedy: 'Upgrade the server; it is tried again.',
    cause,
  });
}

function notTrusted(reason: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-messaging-1507', `The TLS connection to the server is not trusted: ${reason}`, {
    probableCause: 'Its certificate is signed by another CA, has expired or names another host.',
    remedy: 'Give this program the CA that signed the certificate of the server, and an address the certificate names.',
    cause,
  });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
