import { isMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import {
  AuthorizationError,
  NoRespondersError,
  TimeoutError,
  UserAuthenticationExpiredError,
} from '@nats-io/transport-node';
import { brokerNotTrusted, brokerUnreachable, credentialsRefused, notAcknowledged } from '../broker-errors.ts';

/** What keeps a message from being stored, as 1501; `details.missing` says that there is no stream. */
export function publishError(error: unknown): Error {
  if (isMesheryError(error)) return error;
  const missing = causes(error).some((cause) => cause instanceof NoRespondersError);
  if (missing) return notAcknowledged('no stream takes it', { missing }, error);
  if (error instanceof TimeoutError) return notAcknowledged('the answer did not come in time', { missing }, error);
  return notAcknowledged(textOf(error), { missing }, error);
}

/** What keeps a connection from being made: 1506 for the credentials, 1507 for TLS, else 1500. */
export function connectError(error: unknown): MesheryError {
  if (isMesheryError(error)) return error;
  const chain = causes(error);
  const refused = [AuthorizationError, UserAuthenticationExpiredError];
  if (chain.some((cause) => refused.some((kind) => cause instanceof kind))) {
    return credentialsRefused(textOf(error), error);
  }
  const reason = chain.map(tlsReason).find((found) => found !== undefined);
  return reason === undefined ? brokerUnreachable(textOf(error), error) : brokerNotTrusted(reason, error);
}

/** Node names TLS faults by code; the client has only words for a server without TLS and for a CA file that is not there. */
function tlsReason(error: unknown): string | undefined {
  const { code } = error as ErrorLike;
  if (typeof code === 'string' && /CERT|SIGNATURE|INVALID_CA|INVALID_PURPOSE|_SSL_|_TLS_|_OSSL_/.test(code))
    return code;
  return /support 'tls'|doesn't exist/.test(textOf(error)) ? textOf(error) : undefined;
}

interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** The error and what caused it, judged by shape; the client wraps what happened in errors of its own. */
function causes(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; typeof cause === 'object' && cause !== null && chain.length < 8;) {
    chain.push(cause);
    cause = (cause as ErrorLike).cause;
  }
  return chain;
}

/** The words of anything thrown. */
export function textOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? (error as ErrorLike).message : undefined;
  return typeof message === 'string' ? message : 'an unknown reason';
}
