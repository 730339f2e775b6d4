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
  /**
   * The synthetic check, of kinds that have one: uses the far side as its clients do. Rejects with a coded error that
   * names what is wrong.
   */
  check?(ctx: RequestContext, connection: Connection): Promise<void>;
  /** Begins to use a connection as it is now, without waiting for its far side; one that is used already goes on. */
  start(connection: Connection): Promise<void>;
  /**
   * Takes what is needed to undo things at the far side, before a connection is removed with its credential. What it
   * resolves to ends the use as `stop` does, and is called after the removal, if that succeeds.
   */
  takeLeave(connection: Connection): Promise<() => Promise<void>>;
  /** Ends the use; resolves when nothing of it is read any more. */
  stop(connection: Connection): Promise<void>;
  /**
   * Takes up what another server of the database did to a connection: ends its use here where it has ended, and helps
   * where that server may fail. What is done or undone at once is for the server that was asked.
   */
  follow?(connection: Connection): Promise<void>;
  /** Goes on with what was not finished for connections that are not used any more when the server stopped. */
  resume(ctx: RequestContext): Promise<void>;
  /** Removes what was learnt through a connection that is gone and stopped. */
  forget(connection: Connection): Promise<void>;
}
