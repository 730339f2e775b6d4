import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import type { ServerConfig } from '../config.ts';
import type { ConnectionLife } from '../connections/connection-life.ts';
import { everyConnection } from '../connections/every-connection.ts';
import { isLeftBySystem } from '../connections/left-by-system.ts';
import { firstOrganizationId } from '../provider/local/first-records.ts';
import type { Providers } from '../provider/providers.ts';
import type { AdapterDriver } from './adapter-driver.ts';
import { parsePlace, urlOf } from './adapter-place.ts';
import type { AdapterPlace } from './adapter-place.ts';

const adapters = { kind: ['adapter'] };

/** What the adapters of the start are made connections with. */
export interface StartAdaptersParts {
  readonly config: Pick<ServerConfig, 'adapters'>;
  readonly logger: Logger;
  readonly providers: Providers;
  readonly life: ConnectionLife;
  readonly driver: AdapterDriver;
}

/** Makes the adapters that the configuration names connections, and goes on with all that are connected; dials none. */
export class StartAdapters {
  readonly #parts: StartAdaptersParts;

  constructor(parts: StartAdaptersParts) {
    this.#parts = parts;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { config, logger, providers, driver } = this.#parts;
    const ctx = backgroundContext(logger, signal, 'start');
    const all = providers.of(ctx).connections;
    const earlier: Connection[] = [];
    for await (const connection of everyConnection(ctx, all, adapters)) {
      if (connection.origin === 'start') earlier.push(connection);
    }
    const places = config.adapters.flatMap((text) => parsePlace(text) ?? []);
    const named = new Map(places.map((place) => [place.location, place]));
    for (const place of named.values()) {
      await this.#adopt(
        ctx,
        place,
        earlier.find((connection) => locationOf(connection) === place.location),
      );
    }
    for (const connection of earlier) {
      if (connection.status !== 'connected' || named.has(locationOf(connection) ?? '')) continue;
      const why = 'The server was started without this adapter.';
      await this.#parts.life.move(ctx, connection.id, { to: 'disconnected', why });
    }
    for await (const connection of everyConnection(ctx, all, adapters)) {
      if (connection.status === 'connected' && locationOf(connection) !== undefined) await driver.start(connection);
    }
  }

  async #adopt(ctx: RequestContext, place: AdapterPlace, known: Connection | undefined): Promise<void> {
    const all = this.#parts.providers.of(ctx).connections;
    if (known === undefined) {
      await all.create(ctx, draftOf(place), 'The configuration names it.');
    } else if (await isLeftBySystem(all, ctx, known)) {
      const why = 'The server was started with it again.';
      await this.#parts.life.move(ctx, known.id, { to: 'connected', why, isTrusted: true });
    }
  }
}

function locationOf({ url }: Connection): string | undefined {
  return parsePlace(url)?.location;
}

function draftOf(place: AdapterPlace) {
  const kind = { kind: 'adapter', type: 'platform', subType: 'management', status: 'connected' } as const;
  const texts = { name: place.location, description: 'An adapter that the configuration of the server names.' };
  const organizationId = firstOrganizationId;
  const contextId = `adapter:${place.location}`;
  return {
    ...kind,
    ...texts,
    url: urlOf(place),
    organizationId,
    metadata: {},
    styles: {},
    origin: 'start',
    contextId,
  } as const;
}
