import { MesheryError, toMesheryError } from '@meshery/errors';
import { mayFollow } from '@meshery/object-model';
import type { Connection, ConnectionStatus } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import { isLocalProvider } from '@meshery/security';
import type { Connections, Move } from '../provider/connections-port.ts';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { everyConnection } from './every-connection.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { isBrokenHop } from './kinds/broken-hop.ts';
import type { ConnectionDriver, ProbeAnswer } from './kinds/connection-driver.ts';

/** What the life of connections is run with. */
export interface ConnectionLifeParts {
  readonly providers: Providers;
  readonly definitions: ConnectionDefinitions;
  readonly drivers: ReadonlyMap<string, ConnectionDriver>;
  readonly queue: KeyedQueue;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How far to move. */
export interface Step {
  readonly to: ConnectionStatus;
  readonly why: string;
  /** Believes that the far side can be reached. */
  readonly isTrusted?: boolean | undefined;
  /** Metadata that change with it. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** What a synthetic check found. */
export type CheckResult = CheckFinding & {
  /** When it began, RFC 3339. */
  readonly time: string;
  readonly latencyMs: number;
};

type CheckFinding =
  | { readonly result: 'ok' }
  | {
      readonly result: 'failed';
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
      /** What was found working before, and what was not, in words for programs. */
      readonly details: Readonly<Record<string, unknown>>;
    };

const ok: CheckFinding = { result: 'ok' };
const reached: ReadonlySet<ConnectionStatus> = new Set(['registered', 'connected']);

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

  /** Tries whether the far side answers; one that was only discovered is registered by that. Rejects with `meshery-connection-1702`, or `1710` to `1719` for the hop. */
  probe(ctx: RequestContext, id: string): Promise<ProbeAnswer> {
    return this.#parts.queue.run(id, async () => {
      const connection = await this.#all(ctx).get(ctx, id);
      const answer = await this.#tryProbe(ctx, connection).catch((error: unknown) => {
        throw failedTest(connection, toMesheryError(error));
      });
      if (connection.status === 'discovered') await this.#registerReached(ctx, connection, answer);
      return answer;
    });
  }

  /**
   * Checks whether the far side does what its clients need; what it finds is an answer too. Rejects with
   * `meshery-connection-1709` for kinds that have no such check.
   */
  check(ctx: RequestContext, id: string): Promise<CheckResult> {
    return this.#parts.queue.run(id, async () => {
      const connection = await this.#all(ctx).get(ctx, id);
      const driver = this.#driver(connection);
      if (driver?.check === undefined) throw noCheck(connection);
      const { clock } = this.#parts;
      const [time, begin] = [new Date(clock.now()).toISOString(), clock.monotonic()];
      const found = await driver.check(ctx, connection).then(() => ok, toFinding);
      return { ...found, time, latencyMs: Math.round(clock.monotonic() - begin) };
    });
  }

  /** Goes on with everything that was connected when the server stopped; waits for no far side. */
  async resume(signal: AbortSignal): Promise<void> {
    const ctx = this.#own(signal);
    for await (const connection of everyConnection(ctx, this.#all(ctx), { status: ['connected'] })) {
      // Contexts of the server's own kubeconfig are started by whoever reads it.
      if (connection.origin === 'start' && typeof connection.credentialId !== 'string') continue;
      await this.refresh(ctx, connection.id);
    }
    for (const driver of this.#parts.drivers.values()) await driver.resume(ctx);
  }

  /** Goes on using a connection the way that it is now said to be used; one that is not connected stays unused. */
  refresh(ctx: RequestContext, id: string): Promise<Connection> {
    return this.#parts.queue.run(id, async () => {
      const connection = await this.#all(ctx).get(ctx, id);
      if (connection.status === 'connected') await this.#user(ctx, connection)?.start(connection);
      return connection;
    });
  }

  /** Takes up what another server did to a connection, which may be gone by that. */
  follow(ctx: RequestContext, connection: Connection): Promise<void> {
    const { id } = connection;
    return this.#parts.queue.run(id, async () => {
      const now = await this.#all(ctx)
        .get(ctx, id)
        .catch((error: unknown) => {
          if (toMesheryError(error).code !== 'meshery-core-1002') throw error;
          return { ...connection, status: 'deleted' } as const;
        });
      await this.#driver(now)?.follow?.(now);
    });
  }

  async #move(ctx: RequestContext, id: string, { to, why, isTrusted, metadata }: Step): Promise<Connection> {
    const all = this.#all(ctx);
    const before = await all.get(ctx, id);
    const isLegal = mayFollow(this.#parts.definitions.lifeOf(before.kind), before.status, to);
    const needsProbe = isLegal && reached.has(to) && isTrusted !== true && this.#driver(before) !== undefined;
    const answer = needsProbe ? await this.#tryProbe(ctx, before) : undefined;
    if (to === 'deleted' && isLegal) return this.#end(ctx, before);
    const after = await all.move(ctx, id, { to, why, ...fieldsOf(answer, metadata) });
    if (to === 'connected') await this.#user(ctx, after)?.start(after);
    else await this.#user(ctx, after)?.stop(after);
    return after;
  }

  async #end(ctx: RequestContext, connection: Connection): Promise<Connection> {
    const { id } = connection;
    const driver = this.#user(ctx, connection);
    const leave = await driver?.takeLeave(connection);
    await this.#all(ctx).remove(ctx, id);
    await leave?.();
    await driver?.forget(connection).catch((error: unknown) => {
      this.#parts.logger.error({ connection: id, err: error }, 'what a removed connection led to was not removed');
    });
    return { ...connection, status: 'deleted' };
  }

  /** The server notes it itself, whoever tested; only at a remote provider it is nobody. */
  async #registerReached(tester: RequestContext, connection: Connection, answer: ProbeAnswer): Promise<void> {
    const ctx = isLocalProvider(tester.user.provider) ? this.#own(AbortSignal.timeout(30_000)) : tester;
    const move = { to: 'registered', why: 'It answered.', ...fieldsOf(answer) } as const;
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

  /** What uses a connection while nobody asks: of a remote provider that is nobody, as there is no session to use it with. */
  #user({ user }: RequestContext, connection: Connection): ConnectionDriver | undefined {
    return isLocalProvider(user.provider) ? this.#driver(connection) : undefined;
  }

  #all(ctx: RequestContext): Connections {
    return this.#parts.providers.of(ctx).connections;
  }

  #own(signal: AbortSignal): RequestContext {
    return backgroundContext(this.#parts.logger, signal, 'connections');
  }
}

function fieldsOf(answer: ProbeAnswer | undefined, given?: Readonly<Record<string, unknown>>): Pick<Move, 'fields'> {
  if (answer === undefined && given === undefined) return {};
  return { fields: { metadata: { ...given, ...answer?.facts } } };
}

/** What this server itself will not do for a kubeconfig, before it has called anybody. */
const ownRefusal = 'meshery-kube-1305';

/** A client must not take the refusal of a far side for one of this server: 401 and 403 stay inside. */
function farSide({ name }: Connection, error: MesheryError): MesheryError {
  const { http } = error.mapping;
  if (error.code === ownRefusal) return error;
  if (http !== 401 && http !== 403 && http < 500) return error;
  if (isBrokenHop(error) || error.code === 'meshery-connection-1705' || error.code === 'meshery-connection-1703')
    return error;
  return new MesheryError('meshery-connection-1705', `The connection "${name}" cannot be reached: ${error.message}`, {
    ...(error.probableCause === undefined ? {} : { probableCause: error.probableCause }),
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    details: { ...error.details, code: error.code },
    cause: error,
  });
}

function failedTest({ name }: Connection, error: MesheryError): MesheryError {
  if (isBrokenHop(error) || error.mapping.http === 501 || error.mapping.http === 400) return error;
  if (error.code === ownRefusal) return error;
  return new MesheryError('meshery-connection-1702', `The test of "${name}" failed: ${error.message}`, {
    ...(error.probableCause === undefined ? {} : { probableCause: error.probableCause }),
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    cause: error,
  });
}

function toFinding(thrown: unknown): CheckFinding {
  const { code, message, remedy = '', details = {} } = toMesheryError(thrown);
  return { result: 'failed', code, message, remedy, details };
}

function noCheck({ kind }: Connection): MesheryError {
  return new MesheryError('meshery-connection-1709', `There is no synthetic check of connections of kind "${kind}".`, {
    probableCause: 'Only Prometheus servers, MeshSync and brokers have one.',
    remedy: 'Use the ad hoc test: POST .../ping.',
  });
}

function noTest({ kind }: Connection): MesheryError {
  return new MesheryError('meshery-core-1009', `Connections of kind "${kind}" cannot be tested yet.`, {
    probableCause: 'No part of the server knows how to reach this kind.',
    remedy: 'Use the connection without a test, or update the server when there is a newer version.',
  });
}
