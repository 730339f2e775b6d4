import type { RequestContext } from '@meshery/observability';
import type { Session } from '@meshery/security';
import type { FastifyRequest } from 'fastify';

/** What resolvers get as their context. */
export interface GraphqlContext {
  readonly ctx: RequestContext;
  /** That of a subscription says what let it in. */
  session: Session;
  /** HTTP method of the request. */
  readonly method: string;
  /** Absent for a subscription. */
  readonly request?: FastifyRequest;
  /** The websocket of a subscription. */
  readonly socket?: GraphqlSocket;
}

/** The part of a websocket that subscriptions look at. */
export interface GraphqlSocket {
  readonly bufferedAmount: number;
  close(code?: number, reason?: string): void;
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}
