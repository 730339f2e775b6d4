import { toMesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Providers } from '../provider/providers.ts';
import { CommitFollower } from '../storage/commit-follower.ts';
import type { ConnectionLife } from './connection-life.ts';
import { everyConnection } from './every-connection.ts';

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
  readonly #follower: CommitFollower;
  /** As they were taken up last, by id. */
  #known: ReadonlyMap<string, Connection> = new Map();

  constructor(parts: ConnectionFollowerParts) {
    this.#parts = parts;
    this.#follower = new CommitFollower({ ...parts, name: 'connection-follower', look: (ctx) => this.#look(ctx) });
  }

  onApplicationBootstrap(): void {
    this.#follower.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#follower.stop();
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
