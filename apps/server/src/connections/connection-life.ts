import { MesheryError, toMesheryError } from '@meshery/errors';
import { connectionDefinition, mayFollow } from '@meshery/object-model';
import type { Connection, ConnectionStatus } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import type { Connections, Move } from '../provider/connections-port.ts';
import type { Providers } from '../provider/providers.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { ConnectionDriver, ProbeAnswer } from './kinds/connection-driver.ts';

/** What the life of connections is run with. */
export interface ConnectionLifeParts {
  readonly providers: Providers;
  readonly drivers: ReadonlyMap<string, ConnectionDriver>;
  readonly queue: KeyedQueue;
  readonly logger: Logger;
}

/** How far to move. */
export interface Step {
  readonly to: ConnectionStatus;
  readonly why: string;
  /** Believes that the far side can be reached. */
  readonly isTrusted?: boolean | undefined;
}

const reached: ReadonlySet<ConnectionStatus> = new Set(['registered', 'connected']);
const resumedPages = 1000;

/**
 * Moves connections through their lives, one step at a time for each: the step is checked, what it needs is tried, it
 * is written down, and only then it has effects. What is written down is where a restart goes on.
 */
export class ConnectionLife {
  readonly #parts: ConnectionLifeParts;

  constructor(parts: ConnectionLifeParts) {
    this.#parts = parts;
  }

  /**
   * Moves a connection on. Rejects with `meshery-connection-1700` for a step that its life does not have, and with what
   * is wrong about the far side when it has to be reached; the connection is as it was then.
   */
  move(ctx: RequestContext, id: string, step: Step): Promise<Connection> {
    return this.#parts.queue.run(id, () => this.#move(ctx, id, step));
  }

  /** Removes a connection and ends its use. */
  remove(ctx: RequestContext, id: string): Promise<Connection> {
    return this.#parts.queue.run(id, async () => this.#end(ctx, await this.#all(ctx).get(ctx, id)));
  }

  /** Tries whether the far side answers; one that was only discovered is registered by that. Rejects with `meshery-connection-1702`. */
  probe(ctx: RequestContext, id: string): Promise<ProbeAnswer> {
    return this.#parts.queue.run(id, async () => {
      const connection = await this.#all(ctx).get(ctx, id);
      const answer = await this.#tryProbe(ctx, connection).catch((error: unknown) => {
        throw failedTest(connection, toMesheryError(error));
      });
      if (connection.status === 'discovered') await this.#registerReached(connection, answer);
      return answer;
    });
  }

  /** Goes on with everything that was connected when the server stopped; waits for no far side. */
  async resume(signal: AbortSignal): Promise<void> {
    const ctx = this.#own(signal);
    const query = { page: 0, pageSize: resumedPages, order: { field: 'createdAt', descending: false } };
    const { items } = await this.#all(ctx).page(ctx, { status: ['connected'] }, query);
    for (const connection of items) {
      // Contexts of the server's own kubeconfig are started by whoever reads it.
      if (connection.origin === 'start' && typeof connection.credentialId !== 'string') continue;
      await this.#parts.queue.run(connection.id, () => {
        this.#driver(connection)?.start(connection);
        return Promise.resolve();
      });
    }
  }

  async #move(ctx: RequestContext, id: string, { to, why, isTrusted }: Step): Promise<Connection> {
    const all = this.#all(ctx);
    const before = await all.get(ctx, id);
    const isLegal = mayFollow(connectionDefinition(before.kind)?.transitionMap ?? {}, before.status, to);
    const needsProbe = isLegal && reached.has(to) && isTrusted !== true && this.#driver(before) !== undefined;
    const answer = needsProbe ? await this.#tryProbe(ctx, before) : undefined;
    if (to === 'deleted') return this.#end(ctx, before);
    const after = await all.move(ctx, id, { to, why, ...fieldsOf(before, answer) });
    if (to === 'connected') this.#driver(after)?.start(after);
    else await this.#driver(after)?.stop(id);
    return after;
  }

  async #end(ctx: RequestContext, connection: Connection): Promise<Connection> {
    const { id } = connection;
    await this.#all(ctx).remove(ctx, id);
    const driver = this.#driver(connection);
    await driver?.stop(id);
    await driver?.forget(connection).catch((error: unknown) => {
      this.#parts.logger.error({ connection: id, err: error }, 'what a removed connection led to was not removed');
    });
    return { ...connection, status: 'deleted' };
  }

  async #registerReached(connection: Connection, answer: ProbeAnswer): Promise<void> {
    const ctx = this.#own(AbortSignal.timeout(30_000));
    const move = { to: 'registered', why: 'It answered.', ...fieldsOf(connection, answer) } as const;
    await this.#all(ctx).move(ctx, connection.id, move);
  }

  async #tryProbe(ctx: RequestContext, connection: Connection): Promise<ProbeAnswer> {
    const driver = this.#driver(connection);
    if (driver === undefined) throw noTest(connection);
    try {
      return await driver.probe(ctx, connection);
    } catch (thrown) {
      throw farSide(connection, toMesheryError(thrown));
    }
  }

  #driver({ kind }: Connection): ConnectionDriver | undefined {
    return this.#parts.drivers.get(kind);
  }

  #all(ctx: RequestContext): Connections {
    return this.#parts.providers.of(ctx).connections;
  }

  #own(signal: AbortSignal): RequestContext {
    return backgroundContext(this.#parts.logger, signal, 'connections');
  }
}

function fieldsOf({ metadata }: Connection, answer: ProbeAnswer | undefined): Pick<Move, 'fields'> {
  return answer === undefined ? {} : { fields: { metadata: { ...metadata, ...answer.facts } } };
}

/** A client must not take the refusal of a far side for one of this server: 401 and 403 stay inside. */
function farSide({ name }: Connection, error: MesheryError): MesheryError {
  const { http } = error.mapping;
  if (http !== 401 && http !== 403 && http < 500) return error;
  if (error.code === 'meshery-connection-1705' || error.code === 'meshery-connection-1703') return error;
  return new MesheryError('meshery-connection-1705', `The connection "${name}" cannot be reached: ${error.message}`, {
    ...(error.probableCause === undefined ? {} : { probableCause: error.probableCause }),
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    details: { ...error.details, code: error.code },
    cause: error,
  });
}

function failedTest({ name }: Connection, error: MesheryError): MesheryError {
  if (error.mapping.http === 501 || error.mapping.http === 400) return error;
  return new MesheryError('meshery-connection-1702', `The test of "${name}" failed: ${error.message}`, {
    ...(error.probableCause === undefined ? {} : { probableCause: error.probableCause }),
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    cause: error,
  });
}

function noTest({ kind }: Connection): MesheryError {
  return new MesheryError('meshery-core-1009', `Connections of kind "${kind}" cannot be tested yet.`, {
    probableCause: 'The part of the server that knows this kind is not there yet.',
    remedy: 'Use the connection without a test, or update the server when there is a newer version.',
  });
}
