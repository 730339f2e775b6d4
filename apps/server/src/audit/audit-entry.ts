import type { AuditEntry } from '@meshery/object-model';
import type { Identity, RequestContext } from '@meshery/observability';

/** What an audit line is about. */
export interface AuditedAction {
  /** Such as "environment.create". */
  readonly action: string;
  readonly objectId: string;
  readonly organizationId: string | null;
}

/** The line of something that was done. */
export function allowedEntry(ctx: RequestContext, at: string, what: AuditedAction): AuditEntry {
  const { action, objectId, organizationId } = what;
  const about = { action, objectId, organizationId: organizationId ?? '', requestId: ctx.requestId };
  return { at, ...userOf(ctx.user), ...about, decision: 'allowed', reason: '' };
}

/** Who it was; nobody in particular where the request proved no identity. */
export function userOf(user: Identity | undefined): Pick<AuditEntry, 'userId' | 'userName' | 'provider'> {
  return { userId: user?.userId ?? '', userName: user?.name ?? '', provider: user?.provider ?? '' };
}
