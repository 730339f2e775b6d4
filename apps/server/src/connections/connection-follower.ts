import { toMesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionLife } from './connection-life.ts';
import { everyConnection } from './every-connection.ts';

/** Several changes within this time are one. */
const gatherMs = 100;
/** Pause after a look that failed. */
const againMs = 5000;

const clusters = { kind: ['kubernetes'] };

/** What connections are followed with. */
export interface ConnectionFollowerParts {
  readonly providers: Providers;
  readonly life: ConnectionLife;
  readonly store: Pick<UserStore, 'onCommit' | 'isShared'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes up what other servers of the same database did to connections to clusters. */
export class ConnectionFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #parts: ConnectionFollowerParts;
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  /** As they were taken up last, by id. */
  #known: ReadonlyMap<string, Connection> = new Map();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ConnectionFollowerParts) {
    this.#parts = parts;
  }

  onApplicationBootstrap(): void {
    const { store } = this.#parts;
    if (!store.isShared) return;
    const leave = store.onCommit(() => {
      this.#wake.resolve();
    });
    this.#stop.signal.addEventListener('abort', leave, { once: true });
    this.#running = this.#run(this.#stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    this.#wake.resolve();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#parts;
    const ctx = backgroundContext(logger, signal, 'connection-follower');
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers<void>();
      const isKnown = await this.#look(ctx).then(
        () => true,
        (error: unknown) => {
          if (!signal.aborted) logger.warn({ err: error }, 'changes of connections at other servers are not known');
          return false;
        },
      );
      if (isKnown) await this.#wake.promise;
      await clock.sleep(isKnown ? gatherMs : againMs, signal).catch(() => undefined);
    }
  }

  async #look(ctx: RequestContext): Promise<void> {
    const before = this.#known;
    const known = new Map<string, Connection>();
    for await (const connection of everyConnection(ctx, this.#parts.providers.of(ctx).connections, clusters)) {
      known.set(connection.id, connection);
    }
    this.#known = known;
    for (const connection of known.values()) {
      if (useOf(before.get(connection.id)) !== useOf(connection)) await this.#follow(ctx, connection);
    }
    for (const gone of before.values()) if (!known.has(gone.id)) await this.#follow(ctx, gone);
  }

  async #follow(ctx: RequestContext, connection: Connection): Promise<void> {
    try {
      await this.#parts.life.follow(ctx, connection);
    } catch (error) {
      const { code } = toMesheryError(error);
      this.#parts.logger.warn(
        { connection: connection.id, code, err: error },
        'a change of a connection was not taken up',
      );
    }
  }
}

/** What says how a connection is used. */
function useOf(connection: Connection | undefined): string {
  if (connection === undefined) return '';
  const { status, credentialId, metadata } = connection;
  return JSON.stringify([status, credentialId ?? '', metadata['meshsyncDeploymentMode'] ?? '']);
}
