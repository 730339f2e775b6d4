import { isMesheryError } from '@meshery/errors';
import { NoRespondersError, TimeoutError } from '@nats-io/transport-node';
import { notAcknowledged } from '../broker-errors.ts';

/** What keeps a message from being stored, as 1501; `details.missing` says that there is no stream. */
export function publishError(error: unknown): Error {
  if (isMesheryError(error)) return error;
  const missing = causes(error).some((cause) => cause instanceof NoRespondersError);
  if (missing) return notAcknowledged('no stream takes it', { missing }, error);
  if (error instanceof TimeoutError) return notAcknowledged('the answer did not come in time', { missing }, error);
  return notAcknowledged(textOf(error), { missing }, error);
}

/** The error and what caused it; the client wraps "no responders" in errors of its own. */
function causes(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (
    let cause = error;
    cause !== undefined && chain.length < 8;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    chain.push(cause);
  }
  return chain;
}

/** The words of anything thrown. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an unknown reason';
}
