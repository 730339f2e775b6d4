import { MesheryError, toMesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ServerDriver } from '../connections/kinds/server-driver.ts';
import type { Providers } from '../provider/providers.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { repeated } from '../rest/query-values.ts';

/** What servers of one kind are asked with. */
export interface TelemetryServersParts {
  readonly kind: 'prometheus' | 'grafana';
  readonly title: string;
  readonly driver: ServerDriver;
  readonly providers: Providers;
}

const maxReason = 500;

/** Servers of metrics of one kind, asked with the credential of their connection. */
export class TelemetryServers {
  readonly #parts: TelemetryServersParts;

  constructor(parts: TelemetryServersParts) {
    this.#parts = parts;
  }

  /** The connection with an id. Rejects with `meshery-core-1002` for none, `1001` for one of another kind. */
  async connection(ctx: RequestContext, id: string): Promise<Connection> {
    const { kind, title, providers } = this.#parts;
    const connection = await providers.of(ctx).connections.get(ctx, id);
    if (connection.kind === kind) return connection;
    throw new MesheryError('meshery-core-1001', `The connection "${connection.name}" is no ${title} server.`, {
      probableCause: `It is of kind "${connection.kind}".`,
      remedy: `Name a connection of kind "${kind}".`,
    });
  }

  /** Keeps something in the metadata of a connection. */
  async keep(ctx: RequestContext, id: string, found: Readonly<Record<string, unknown>>): Promise<void> {
    await this.connection(ctx, id);
    await this.#parts.providers.of(ctx).connections.update(ctx, id, { metadata: found });
  }

  /** Whether it answers as servers of its kind do; that it does not is an event. Rejects with `meshery-telemetry-2200`. */
  async ping(ctx: RequestContext, id: string): Promise<{ readonly reachable: true; readonly version: string }> {
    const connection = await this.connection(ctx, id);
    try {
      const { version } = await this.#parts.driver.probe(ctx, connection);
      return { reachable: true, version };
    } catch (thrown) {
      const error = this.#unanswered(connection, toMesheryError(thrown));
      await this.#tell(ctx, connection, error);
      throw error;
    }
  }

  /** What the server behind a connection answers at a path, JSON as it came. Rejects as `ask` does. */
  async read(ctx: RequestContext, id: string, path: string): Promise<string> {
    return this.ask(ctx, await this.connection(ctx, id), path);
  }

  /**
   * What a server answers at a path, JSON as it came. Rejects with `meshery-telemetry-2200` when it does not answer as it
   * should, `meshery-core-1001` for a question that it does not understand, `1002` for what it does not have.
   */
  async ask(ctx: RequestContext, connection: Connection, path: string): Promise<string> {
    const { driver } = this.#parts;
    const { status, text } = await driver.read(ctx, connection, path).catch((thrown: unknown) => {
      throw this.#unanswered(connection, toMesheryError(thrown));
    });
    if (status === 404) throw this.#unknown(connection);
    if (status === 400 || status === 422) throw this.#misunderstood(reasonIn(text));
    if (status === 200 && isJson(text)) return text;
    const error = new MesheryError('meshery-connection-1705', `it answered with status ${String(status)}`);
    throw this.#unanswered(connection, error);
  }

  async #tell(ctx: RequestContext, { id, organizationId }: Connection, error: MesheryError): Promise<void> {
    await this.#parts.providers.of(ctx).events.create(ctx, {
      organizationId,
      actedUpon: id,
      category: 'telemetry',
      action: 'ping',
      severity: 'error',
      description: error.message.slice(0, maxReason),
      operationId: null,
      metadata: { code: error.code, remedy: error.remedy ?? '' },
    });
  }

  #unanswered({ name }: Connection, error: MesheryError): MesheryError {
    const { title } = this.#parts;
    // Nobody was asked: the address is one that is never called, or there is none.
    if (error.mapping.http === 400) return error;
    return new MesheryError('meshery-telemetry-2200', `${title} "${name}" could not be asked: ${error.message}`, {
      probableCause: error.probableCause ?? 'It is overloaded, or another program listens there.',
      remedy: error.remedy ?? 'Look at its log; test the connection.',
      cause: error,
    });
  }

  #unknown({ name }: Connection): MesheryError {
    return new MesheryError('meshery-core-1002', `${this.#parts.title} "${name}" does not have what was asked for.`, {
      probableCause: 'It was removed there, or it is called otherwise.',
      remedy: 'Take its name from the list.',
    });
  }

  #misunderstood(reason: string): MesheryError {
    return new MesheryError('meshery-core-1001', `${this.#parts.title} refuses the question: ${reason}`, {
      probableCause: 'The query or one of its times cannot be read.',
      remedy: 'Correct it and ask again.',
    });
  }
}

/** What an API of Prometheus says of a question that it does not understand. */
function reasonIn(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as { readonly error?: unknown; readonly message?: unknown };
    const [said] = [error, message].filter((part) => typeof part === 'string');
    return said?.slice(0, maxReason) ?? 'it does not say why';
  } catch {
    return 'it does not say why';
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The parameters of a request that a far side takes, under the names that it has for them. */
export function passedOn(raw: RawQuery, names: Readonly<Record<string, string>>): string {
  const passed = new URLSearchParams();
  for (const [name, farName] of Object.entries(names)) {
    for (const value of repeated(raw, name) ?? []) passed.append(farName, value);
  }
  return passed.size === 0 ? '' : `?${passed.toString()}`;
}
