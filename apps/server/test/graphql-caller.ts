import { waitUntil } from '@meshery/testing';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Caller } from './caller.ts';
import type { TestServer } from './server-harness.ts';

/** Where the server answers GraphQL. */
export const graphqlPath = '/api/system/graphql/query';

/** An error of a field. */
export interface Failed {
  readonly message: string;
  readonly path?: readonly string[];
  readonly extensions: { readonly code: string; readonly mesheryCode: string; readonly remedy?: string };
}

/** What a query or a mutation was answered. */
export interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly Failed[];
}

/** Sends a query or a mutation. */
export async function askGraphql(who: Caller, query: string, variables: object = {}): Promise<Reply> {
  return (await who.post(graphqlPath, { query, variables })).body as Reply;
}

/** A subscription that is followed: what it heard, and how it ended. */
export interface Followed {
  readonly heard: readonly Record<string, unknown>[];
  readonly errors: readonly Failed[];
  isOver(): boolean;
  until(what: string, holds: () => boolean): Promise<unknown>;
  /** Completes it; the socket stays. */
  stop(): void;
  /** Closes its socket. */
  close(): void | Promise<void>;
}

/** Follows a subscription with the client of the protocol. */
export function followGraphql(
  server: TestServer,
  who: Caller,
  { query, variables = {} }: { readonly query: string; readonly variables?: object },
): Followed {
  class Socket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: who.headers });
    }
  }
  const url = server.url.replace('http', 'ws') + graphqlPath;
  // Not lazy: the socket outlives its subscriptions, as that of a page does.
  const options = { lazy: false, onNonLazyError: () => undefined, retryAttempts: 0 };
  const client = createClient({ url, webSocketImpl: Socket, ...options });
  const heard: Record<string, unknown>[] = [];
  const errors: Failed[] = [];
  let isOver = false;
  const stop = client.subscribe(
    { query, variables: { ...variables } },
    {
      next: (result) => {
        if (result.data) heard.push(result.data);
        errors.push(...((result.errors ?? []) as unknown as Failed[]));
      },
      error: (fault) => {
        if (Array.isArray(fault)) errors.push(...(fault as Failed[]));
        isOver = true;
      },
      complete: () => {
        isOver = true;
      },
    },
  );
  const until = (what: string, holds: () => boolean): Promise<unknown> =>
    waitUntil({ what, timeoutMs: 60_000, everyMs: 10 }, holds);
  return { heard, errors, stop, until, isOver: () => isOver, close: () => client.dispose() };
}
