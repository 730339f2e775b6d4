import { ServerInterceptingCall, status } from '@grpc/grpc-js';
import type { Metadata, ServerInterceptingCallInterface, ServerInterceptor } from '@grpc/grpc-js';
import { userOf } from '../audit/audit-entry.ts';
import type { RefusalLog } from '../audit/refusal-log.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { credentialOf } from './call-credential.ts';
import type { PresentingCall } from './call-credential.ts';

/** Statuses that say no to whoever calls; all others are about this server. */
const refusals: ReadonlySet<status | null | undefined> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.ALREADY_EXISTS,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.FAILED_PRECONDITION,
  status.RESOURCE_EXHAUSTED,
]);

interface EndStatus {
  readonly code?: status | null | undefined;
  readonly metadata?: Metadata | null | undefined;
}

/** Every refused call of every service leaves a line in the audit log, as refused requests do. */
export function auditGrpcRefusals(log: RefusalLog, sessions: Pick<Sessions, 'recall'>): ServerInterceptor {
  return ({ path }, call) => {
    let sent: Metadata | undefined;
    return new ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMetadata: (metadata, pass) => {
            sent = metadata;
            pass(metadata);
          },
        });
      },
      sendStatus: (end, next) => {
        if (refusals.has(end.code)) {
          log.note({
            ...userOf(sent === undefined ? undefined : sessions.recall(credentialOf(presented(call, sent)))?.identity),
            organizationId: '',
            action: `gRPC ${path}`,
            objectId: '',
            reason: codeOf(end),
            requestId: '',
          });
        }
        next(end);
      },
    });
  };
}

function presented(call: ServerInterceptingCallInterface, metadata: Metadata): PresentingCall {
  return { metadata, getAuthContext: () => call.getAuthContext() };
}

function codeOf({ code, metadata }: EndStatus): string {
  return metadata?.get('meshery-code')[0]?.toString() ?? status[code ?? status.UNKNOWN];
}
