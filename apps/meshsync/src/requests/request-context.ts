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
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly policy: RequestPolicy;
  readonly agent: AgentTap;
  readonly sessions: SessionTable;
  readonly pods: PodSessions;
}

/** How everything that is found reaches who asks for it in the published form. */
export interface StoreSender {
  /** True when the bridge gets it anyway. */
  readonly native: boolean;
  /** Every object of these kinds (resource keys) is sent to `reply`, in arrays of five. */
  send(reply: string, kinds: readonly string[]): void;
}

/** What serving published requests needs. */
export interface PublishedContext extends RequestContext {
  readonly broker: Broker;
  readonly stores: StoreSender;
  /** Resource keys of what is watched. */
  readonly kinds: () => readonly string[];
}

/** Throws `meshery-auth-1202` for a kind that is switched off. */
export function checkAllowed({ policy }: RequestContext, kind: SessionKind): void {
  if (!policy[kind]) throw kindNotAllowed(kind);
}
