import type { Broker } from '@meshery/messaging';
import type { Clock, Logger } from '@meshery/observability';
import type { AgentTap } from './agent-tap.ts';
import type { PodSessions } from './pod-sessions.ts';
import { kindNotAllowed } from './request-errors.ts';
import type { SessionKind } from './request-errors.ts';
import type { SessionTable } from './session-table.ts';

/** What requests may do. */
export type RequestPolicy = Readonly<Record<SessionKind, boolean>>;

/** What serving requests needs, in either form. */
export interface RequestContext {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly policy: RequestPolicy;
  readonly agent: AgentTap;
  /** Resource keys of what is watched. */
  readonly kinds: () => readonly string[];
  readonly sessions: SessionTable;
  readonly pods: PodSessions;
}

/** Throws `meshery-auth-1202` for a kind that is switched off. */
export function checkAllowed({ policy }: RequestContext, kind: SessionKind): void {
  if (!policy[kind]) throw kindNotAllowed(kind);
}
