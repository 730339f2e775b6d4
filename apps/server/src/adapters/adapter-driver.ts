import type { meshes } from '@meshery/contracts';
import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { ComponentStates } from '../components/component-states.ts';
import type { ServerConfig } from '../config.ts';
import { healthKey } from '../connections/cluster-links.ts';
import type { ConnectionDriver, ProbeAnswer } from '../connections/kinds/connection-driver.ts';
import type { Health } from '../connections/kinds/far-side-health.ts';
import type { EgressClient } from '../egress/egress-client.ts';
import type { Providers } from '../provider/providers.ts';
import { isDeployedHost } from './adapter-catalogue.ts';
import { AdapterClient } from './adapter-client.ts';
import type { AdapterFacts } from './adapter-client.ts';
import { eventOf } from './adapter-events.ts';
import { AdapterLink } from './adapter-link.ts';
import type { AdapterIdentity } from './adapter-link.ts';
import { parsePlace, placeOf } from './adapter-place.ts';
import type { AdapterPlace } from './adapter-place.ts';

const notingMs = 10_000;

/** What adapters are reached with. */
export interface AdapterDriverParts {
  readonly providers: Providers;
  /** For adapters that users name. */
  readonly egress: EgressClient;
  /** For adapters that whoever runs the server named, or that it deployed. */
  readonly ownEgress: EgressClient;
  readonly states: ComponentStates;
  readonly config: Pick<ServerConfig, 'adapters' | 'adaptersPollMs'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** Adapters: what is connected is tested all the time, each by itself, so that a dead one costs the others nothing. */
export class AdapterDriver implements ConnectionDriver, BeforeApplicationShutdown {
  readonly #parts: AdapterDriverParts;
  readonly #own: ReadonlySet<string>;
  readonly #links = new Map<string, { readonly url: string; readonly link: AdapterLink }>();
  #isClosed = false;

  constructor(parts: AdapterDriverParts) {
    this.#parts = parts;
    this.#own = new Set(parts.config.adapters.map((text) => parsePlace(text)?.location ?? ''));
  }

  /** True for a place that the configuration names, or that this server deploys an adapter to: it is trusted. */
  isOwn({ location, host }: AdapterPlace): boolean {
    return this.#own.has(location) || isDeployedHost(host);
  }

  async probe({ signal }: RequestContext, connection: Connection): Promise<ProbeAnswer> {
    const facts = await this.#asked(connection, (client) => client.facts(signal));
    const { name, version, gitSha } = facts;
    return { version, facts: { name, version, gitSha } satisfies AdapterIdentity };
  }

  /** One that is used at another URL goes on at the one that it has now. */
  async start(connection: Connection): Promise<void> {
    const { id, url } = connection;
    const used = this.#links.get(id);
    if (used?.url === url) return;
    if (used !== undefined) await this.stop(connection);
    if (this.#isClosed || this.#links.has(id) || parsePlace(url) === undefined) return;
    const link = this.#linkTo(connection);
    this.#links.set(id, { url, link });
    link.start();
  }

  async stop({ id }: Pick<Connection, 'id'>): Promise<void> {
    const used = this.#links.get(id);
    this.#links.delete(id);
    await used?.link.stop();
  }

  takeLeave(connection: Connection): Promise<() => Promise<void>> {
    return Promise.resolve(() => this.stop(connection));
  }

  resume(): Promise<void> {
    return Promise.resolve();
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#links.keys()].map((id) => this.stop({ id })));
  }

  /** The link to an adapter that is in use in this process. */
  link(id: string): AdapterLink | undefined {
    return this.#links.get(id)?.link;
  }

  /** Looks at an adapter now. Rejects with `meshery-connection-1704` or `1705`. */
  look(ctx: RequestContext, connection: Connection): Promise<AdapterFacts> {
    const link = this.link(connection.id);
    return link?.look() ?? this.#asked(connection, (client) => client.facts(ctx.signal));
  }

  /** Asks an adapter whether it is there. Rejects with `meshery-connection-1704` or `1705`. */
  ping(ctx: RequestContext, connection: Connection): Promise<void> {
    const link = this.link(connection.id);
    return link?.ping(ctx.signal) ?? this.#asked(connection, (client) => client.ping(ctx.signal));
  }

  #linkTo(connection: Connection): AdapterLink {
    const { clock, logger, random, config } = this.#parts;
    const client = this.#clientOf(connection);
    const link: AdapterLink = new AdapterLink({
      ...{ client, clock, random, pollMs: config.adaptersPollMs },
      logger: logger.child({ connection: connection.id }),
      health: {
        before: connection.metadata[healthKey] as Health | undefined,
        keep: (health, identity) => this.#note(connection.id, { ...identity, [healthKey]: health }),
      },
      onLook: (found) => {
        this.#noteLook(placeOf(connection), found);
      },
      onEvent: (event) => this.#tell(connection, event, link.isAwaited(event.operationId)),
    });
    return link;
  }

  #noteLook({ location }: AdapterPlace, found: AdapterIdentity | Error): void {
    const { states } = this.#parts;
    if (found instanceof Error) states.failed('adapter', location, found);
    else states.seen('adapter', location, { version: found.version });
  }

  async #asked<T>(connection: Connection, ask: (client: AdapterClient) => Promise<T>): Promise<T> {
    const client = this.#clientOf(connection);
    try {
      return await ask(client);
    } finally {
      client.close();
    }
  }

  #clientOf(connection: Connection): AdapterClient {
    const { egress, ownEgress } = this.#parts;
    const place = placeOf(connection);
    const way = this.isOwn(place) ? ownEgress : egress;
    return new AdapterClient({ place, addressOf: (host) => way.addressOf(host) });
  }

  async #note(id: string, found: Readonly<Record<string, unknown>>): Promise<void> {
    const ctx = this.#ownContext();
    await this.#parts.providers.of(ctx).connections.update(ctx, id, { metadata: found });
  }

  async #tell(connection: Connection, event: meshes.EventsResponse, isAwaited: boolean): Promise<void> {
    const ctx = this.#ownContext();
    try {
      await this.#parts.providers.of(ctx).events.create(ctx, eventOf(connection, event, isAwaited));
    } catch (error) {
      this.#parts.logger.error({ connection: connection.id, err: error }, 'an event of an adapter could not be kept');
    }
  }

  #ownContext(): RequestContext {
    return backgroundContext(this.#parts.logger, AbortSignal.timeout(notingMs), 'adapters');
  }
}
