import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';

/** What a far side says of itself. */
export interface ProbeAnswer {
  /** Version, in its own words; empty when it does not say. */
  readonly version: string;
  /** What is kept of it in the metadata of the connection. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What the server can do with one kind of connection. */
export interface ConnectionDriver {
  /** Reaches the far side once, with its credential. Rejects with a coded error that names what is wrong. */
  probe(ctx: RequestContext, connection: Connection): Promise<ProbeAnswer>;
  /** Begins to use a connection, without waiting for its far side; one that is used already goes on. */
  start(connection: Connection): void;
  /** Ends the use; resolves when everything about it has stopped. */
  stop(id: string): Promise<void>;
  /** Removes what was learnt through a connection that is gone and stopped. */
  forget(connection: Connection): Promise<void>;
}
