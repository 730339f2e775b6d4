import { randomUUID } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { Right, Session } from '@meshery/security';
import type { Sessions } from '../sessions/sessions.ts';
import { requestContext } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import { methodPermission } from '../access/permissions/operation-permissions.ts';
import { permitted } from '../access/permissions/permitted.ts';
import { credentialOf } from './call-credential.ts';
import type { PresentingCall } from './call-credential.ts';

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

type AnswerableCall = PresentingCall & Pick<ServerUnaryCall<unknown, unknown>, 'getPath' | 'sendMetadata'>;

/**
 * Who calls, by the token in the metadata or by the client certificate: the same verifier and the same rights as over
 * HTTP; a token that a remote provider renewed is answered in `meshery-token`. `gone` aborts when the caller ends the
 * call.
 * Rejects with `meshery-auth-1200` (neither), `-1201` (not valid) and `-1202` (no permission to do this).
 */
export async function authenticate(
  parts: CallContextParts,
  { call, gone }: { readonly call: AnswerableCall; readonly gone: AbortSignal },
  right: Right,
): Promise<AuthenticatedCall> {
  const { renewedToken, ...known } = await parts.sessions.verify(credentialOf(call));
  if (renewedToken !== undefined) call.sendMetadata(renewal(renewedToken));
  const permission = methodPermission(call.getPath(), right);
  const session = permitted(known, permission);
  const ctx = requestContext({
    user: session.identity,
    requestId: randomUUID(),
    logger: parts.logger,
    signals: [parts.shutdown, gone],
    permission,
  });
  return { ctx, session };
}

function renewal(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('meshery-token', token);
  return metadata;
}
