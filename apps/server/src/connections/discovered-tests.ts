import { toMesheryError } from '@meshery/errors';
import { backoffDelay } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { inParallel } from '../kubernetes/in-parallel.ts';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { foundKinds } from './found/found-server.ts';
import type { ConnectionLife } from './connection-life.ts';
import { everyConnection } from './every-connection.ts';

/** Pause between two looks at what was discovered, in milliseconds. */
const everyMs = 2000;
/** Pause between two tests of one connection. */
const retryDelay = { minMs: 2000, maxMs: 300_000 };
/** Tests at the same time. */
const dialled = 4;

/** What discovered connections are tested with. */
export interface DiscoveredTestsParts {
  readonly providers: Providers;
  readonly definitions: ConnectionDefinitions;
  readonly life: ConnectionLife;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** True when this server tests, and no other of the same database. */
  readonly leads: () => Promise<boolean>;
  /** False where this process looks at no cluster by itself. */
  readonly isOn: boolean;
}

/** When a connection is tested next. */
interface Due {
  readonly failures: number;
  /** On the monotonic clock. */
  readonly at: number;
}

/**
 * Tests clusters and servers that are only discovered, each with a growing pause; one that answers is registered, and no
 * more. One of several servers does so.
 */
export class DiscoveredTests implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #parts: DiscoveredTestsParts;
  readonly #stop = new AbortController();
  #due: ReadonlyMap<string, Due> = new Map();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: DiscoveredTestsParts) {
    this.#parts = parts;
  }

  onApplicationBootstrap(): void {
    if (this.#parts.isOn) this.#running = this.#run(this.#stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#parts;
    const ctx = backgroundContext(logger, signal, 'discovered');
    while (!signal.aborted) {
      await this.#round(ctx).catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error }, 'what was discovered could not be tested');
      });
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }

  async #round(ctx: RequestContext): Promise<void> {
    if (!(await this.#parts.leads())) return;
    const now = this.#parts.clock.monotonic();
    const found = await this.#discovered(ctx);
    const next = await inParallel(found, dialled, async ({ id }) => {
      // Whoever makes one may be about to connect it: it is left alone at first.
      const due = this.#due.get(id) ?? { failures: 0, at: now + retryDelay.minMs };
      return [id, due.at > now ? due : await this.#test(ctx, id, due)] as const;
    });
    // Only what is still discovered is remembered.
    this.#due = new Map(next);
  }

  /**
   * Clusters, and servers of the kinds that are found in them. One without an address or a credential cannot be reached,
   * however often it is tried.
   */
  async #discovered(ctx: RequestContext): Promise<readonly Connection[]> {
    const found = foundKinds(this.#parts.definitions.all).map(({ kind }) => kind);
    const filter = { kind: ['kubernetes', ...found], status: ['discovered'] } as const;
    const reachable: Connection[] = [];
    for await (const connection of everyConnection(ctx, this.#parts.providers.of(ctx).connections, filter)) {
      if (typeof connection.credentialId === 'string' || connection.url !== '') reachable.push(connection);
    }
    return reachable;
  }

  async #test(ctx: RequestContext, id: string, { failures }: Due): Promise<Due> {
    const { life, clock, logger, random, leads } = this.#parts;
    try {
      ctx.signal.throwIfAborted();
      // A long round may outlast the connection that made this server the one that tests.
      if (!(await leads())) return { failures, at: clock.monotonic() };
      await life.probe(ctx, id);
      return { failures: 0, at: clock.monotonic() };
    } catch (thrown) {
      logger.debug({ connection: id, code: toMesheryError(thrown).code }, 'what was discovered does not answer yet');
      const delayMs = backoffDelay(failures + 1, retryDelay, random);
      return { failures: failures + 1, at: clock.monotonic() + delayMs };
    }
  }
}
