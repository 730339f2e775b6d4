import { MesheryError, toMesheryError } from '@meshery/errors';
import type { Connection, ConnectionStatus } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ConnectionLife } from '../connections/connection-life.ts';
import type { ConnectionMaker } from '../connections/connection-maker.ts';
import { KeyedQueue } from '../connections/keyed-queue.ts';
import type { Providers } from '../provider/providers.ts';
import { badParameter } from '../rest/query-values.ts';
import type { AdapterFacts, AdapterOperation } from './adapter-client.ts';
import type { AdapterDriver } from './adapter-driver.ts';
import { parsePlace, placeOf, urlOf } from './adapter-place.ts';
import type { AdapterPlace } from './adapter-place.ts';

const maxAdapters = 100;

/** An adapter as published clients read it. */
export interface AdapterView {
  readonly adapter_location: string;
  readonly name: string;
  readonly version: string;
  readonly git_commit_sha: string;
  /** Null while it cannot be reached: what `mesheryctl system check` looks at. */
  readonly ops: readonly AdapterOperation[] | null;
}

/** What the use cases of adapters are made of. */
export interface AdaptersParts {
  readonly providers: Providers;
  readonly driver: AdapterDriver;
  readonly life: ConnectionLife;
  readonly maker: ConnectionMaker;
}

/** The ways from each status to "connected". */
const waysToConnected: Readonly<Partial<Record<ConnectionStatus, readonly ConnectionStatus[]>>> = {
  discovered: ['registered', 'connected'],
  registered: ['connected'],
  maintenance: ['connected'],
  ignored: ['registered', 'connected'],
  disconnected: ['connected'],
  'not found': ['discovered', 'registered', 'connected'],
};

/** The adapters of a user, by the places where they listen: those are connections of the kind "adapter". */
export class Adapters {
  readonly #parts: AdaptersParts;
  readonly #queue = new KeyedQueue();

  constructor(parts: AdaptersParts) {
    this.#parts = parts;
  }

  /** Those that are connected, each of them looked at now; one that does not answer costs the others no more than its deadline. */
  async list(ctx: RequestContext): Promise<readonly AdapterView[]> {
    const found = await this.#all(ctx, ['connected']);
    return Promise.all(found.map(async (connection) => viewOf(connection, await this.#lookAt(ctx, connection))));
  }

  /** Connects the adapter at a place. Rejects with `meshery-connection-1702` when it does not answer. */
  async add(ctx: RequestContext, text: string): Promise<readonly AdapterView[]> {
    const place = requirePlace('meshLocationURL', text);
    await this.#queue.run(place.location, () => this.#connect(ctx, place));
    return this.list(ctx);
  }

  /** Disconnects the adapter at a place; it stays known. */
  async remove(ctx: RequestContext, text: string): Promise<readonly AdapterView[]> {
    const connection = await this.require(ctx, text);
    await this.#parts.life.move(ctx, connection.id, { to: 'disconnected', why: 'A user asked for it.' });
    return this.list(ctx);
  }

  /** Rejects with `meshery-connection-1702` when it does not answer. */
  async ping(ctx: RequestContext, text: string): Promise<void> {
    const connection = await this.require(ctx, text);
    await this.#parts.driver.ping(ctx, connection).catch((error: unknown) => {
      throw asFailedTest(toMesheryError(error));
    });
  }

  /** Connects an adapter that was deployed and may take a while until it answers. */
  async expect(ctx: RequestContext, location: string): Promise<void> {
    const place = requirePlace('adapter', location);
    await this.#queue.run(location, async () => {
      const known = await this.#at(ctx, location, undefined);
      if (known === undefined) await this.#make(ctx, place, true);
      else await this.#reconnect(ctx, known, true);
    });
  }

  /** Removes the connections to a host that is gone. */
  async forget(ctx: RequestContext, host: string): Promise<void> {
    const all = await this.#all(ctx, undefined);
    for (const { id } of all.filter(({ url }) => parsePlace(url)?.host === host)) {
      await this.#parts.life.remove(ctx, id);
    }
  }

  /** The connected adapter at a place. Rejects with `meshery-core-1001` when the user has none there. */
  async require(ctx: RequestContext, text: string): Promise<Connection> {
    const { location } = requirePlace('adapter', text);
    const found = await this.#at(ctx, location, ['connected']);
    if (found !== undefined) return found;
    throw new MesheryError('meshery-core-1001', 'No adapter is connected there.', {
      probableCause: 'It was not added, or was disconnected.',
      remedy:
        'Add the adapter by its host and port, then try again; GET /api/system/adapters names those that are there.',
    });
  }

  async #connect(ctx: RequestContext, place: AdapterPlace): Promise<void> {
    const known = await this.#at(ctx, place.location, undefined);
    try {
      if (known === undefined) await this.#make(ctx, place);
      else if (known.status === 'connected') await this.#parts.driver.look(ctx, known);
      else await this.#reconnect(ctx, known);
    } catch (thrown) {
      const error = toMesheryError(thrown);
      throw error.code === 'meshery-connection-1705' ? asFailedTest(error) : error;
    }
  }

  async #make(ctx: RequestContext, place: AdapterPlace, isTrusted = false): Promise<void> {
    const fields = { kind: 'adapter', name: place.location, description: '', url: urlOf(place) };
    const draft = { ...fields, metadata: {}, styles: {}, status: 'connected' } as const;
    await this.#parts.maker.make(ctx, draft, { from: 'registered', isTrusted });
  }

  async #reconnect(ctx: RequestContext, { id, status }: Connection, isTrusted = false): Promise<void> {
    for (const to of waysToConnected[status] ?? []) {
      await this.#parts.life.move(ctx, id, { to, why: 'A user added it.', isTrusted });
    }
  }

  async #lookAt(ctx: RequestContext, connection: Connection): Promise<AdapterFacts | undefined> {
    try {
      return await this.#parts.driver.look(ctx, connection);
    } catch {
      // Why it does not answer is in its connection.
      return undefined;
    }
  }

  async #at(
    ctx: RequestContext,
    location: string,
    status: readonly ConnectionStatus[] | undefined,
  ): Promise<Connection | undefined> {
    return (await this.#all(ctx, status)).find(({ url }) => parsePlace(url)?.location === location);
  }

  async #all(ctx: RequestContext, status: readonly ConnectionStatus[] | undefined): Promise<readonly Connection[]> {
    const query = { page: 0, pageSize: maxAdapters, order: { field: 'createdAt', descending: false } };
    const { connections } = this.#parts.providers.of(ctx);
    const { items } = await connections.page(ctx, { kind: ['adapter'], status }, query);
    return items.filter(({ url }) => parsePlace(url) !== undefined);
  }
}

function viewOf(connection: Connection, facts: AdapterFacts | undefined): AdapterView {
  const { metadata } = connection;
  const kept = (key: string): string => (typeof metadata[key] === 'string' ? metadata[key] : '');
  return {
    adapter_location: placeOf(connection).location,
    name: facts?.name ?? kept('name'),
    version: facts?.version ?? kept('version'),
    git_commit_sha: facts?.gitSha ?? kept('gitSha'),
    ops: facts?.operations ?? null,
  };
}

function requirePlace(parameter: string, text: string): AdapterPlace {
  const place = parsePlace(text);
  if (place === undefined) throw badParameter(parameter, 'must be a host and a port, such as localhost:10000');
  return place;
}

/** Published clients expect 500 of an adapter that does not answer. */
export function asFailedTest(error: MesheryError): MesheryError {
  return new MesheryError('meshery-connection-1702', error.message, {
    ...(error.probableCause === undefined ? {} : { probableCause: error.probableCause }),
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    cause: error,
  });
}
