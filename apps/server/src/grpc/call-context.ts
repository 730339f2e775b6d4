import { randomUUID } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { hasRight, maxTokenLength, noIdentity } from '@meshery/security';
import type { Right, Session } from '@meshery/security';
import type { Sessions } from '../sessions/sessions.ts';
import { requestContext } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import { missingRight } from '../access/right.guard.ts';

/** What the context of a call is made with. */
export interface CallContextParts {
  readonly sessions: Sessions;
  readonly logger: Logger;
  readonly shutdown: AbortSignal;
}

/** A call of somebody who is known. */
export interface AuthenticatedCall {
  readonly ctx: RequestContext;
  readonly session: Session;
}

/**
 * Who calls, by the token in the metadata (`authorization: Bearer <token>`): the same verifier and the same rights as
 * over HTTP. `gone` aborts when the caller ends the call.
 * Rejects with `meshery-auth-1200` (no token), `-1201` (not valid) and `-1202` (a role that may not do this).
 */
export async function authenticate(
  parts: CallContextParts,
  call: { readonly metadata: Metadata; readonly gone: AbortSignal },
  right: Right,
): Promise<AuthenticatedCall> {
  const session = await parts.sessions.verify({ token: tokenOf(call.metadata), provider: undefined });
  if (!hasRight(session.identity.roles, right)) throw missingRight(right);
  const ctx = requestContext({
    user: session.identity,
    requestId: randomUUID(),
    logger: parts.logger,
    signals: [parts.shutdown, call.gone],
  });
  return { ctx, session };
}

function tokenOf(metadata: Metadata): string {
  const header = metadata.get('authorization')[0];
  const match = typeof header === 'string' && header.length <= maxTokenLength ? /^Bearer +(\S+)$/i.exec(header) : null;
  if (match?.[1] === undefined) throw noIdentity();
  return match[1];
}
