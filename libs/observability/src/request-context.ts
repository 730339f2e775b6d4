import type { Logger } from './logger.ts';

/** Who asks. */
export interface Identity {
  /** User id, or "system" for work that no user asked for. */
  readonly userId: string;
  readonly name: string;
  /** Registration key of the provider that vouches for the user, e.g. "Local". */
  readonly provider: string;
  readonly roles: readonly string[];
  /** Groups that an OpenID Connect issuer listed at the last sign-in; absent without such an issuer. */
  readonly groups?: readonly string[];
}

/** What every use case gets as its first argument. */
export interface RequestContext {
  readonly user: Identity;
  /** Organization id; "default" where there is only one. */
  readonly tenant: string;
  /** Correlation id, in every log line and error answer of this request. */
  readonly requestId: string;
  /** Aborts at the deadline, when the client leaves, or at shutdown. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** W3C traceparent, when the request is part of a trace. */
  readonly traceparent?: string;
  /** The permission that let the request in, where it needs one. */
  readonly permission?: string | undefined;
}

/** A context for work that the process does on its own behalf. */
export function backgroundContext(logger: Logger, signal: AbortSignal, requestId: string): RequestContext {
  const user: Identity = { userId: 'system', name: 'system', provider: 'Local', roles: ['system'] };
  return { user, tenant: 'default', requestId, signal, logger };
}

/** What a request context is made of. */
export interface RequestContextOptions {
  readonly user: Identity;
  readonly tenant?: string;
  readonly requestId: string;
  readonly logger: Logger;
  /** What ends the request early: the client's leaving, the shutdown. */
  readonly signals: readonly AbortSignal[];
  /** Milliseconds that the request may take; no deadline of its own without it. */
  readonly timeoutMs?: number;
  readonly traceparent?: string | undefined;
  readonly permission?: string | undefined;
}

/** The context of one request: its logger names request and user, its signal joins deadline, client and shutdown. */
export function requestContext(options: RequestContextOptions): RequestContext {
  const { user, requestId, traceparent } = options;
  const deadline = options.timeoutMs === undefined ? [] : [AbortSignal.timeout(options.timeoutMs)];
  return {
    user,
    tenant: options.tenant ?? 'default',
    requestId,
    signal: AbortSignal.any([...options.signals, ...deadline]),
    logger: options.logger.child({ requestId, userId: user.userId, ...(traceparent ? { traceparent } : {}) }),
    ...(traceparent === undefined ? {} : { traceparent }),
    permission: options.permission,
  };
}
