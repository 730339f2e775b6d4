import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Global, Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { CommitFollower } from '../../storage/commit-follower.ts';
import { CLOCK, USER_STORE } from '../../tokens.ts';
import { keepBuiltInDefinitions } from './built-in-definitions.ts';
import { ConnectionDefinitions } from './connection-definitions.ts';

const definitions = {
  provide: ConnectionDefinitions,
  useFactory: async (store: UserStore, clock: Clock) => {
    await keepBuiltInDefinitions(store, clock);
    const kept = new ConnectionDefinitions(store);
    await kept.refresh();
    return kept;
  },
  inject: [USER_STORE, CLOCK],
};

const follower = {
  provide: CommitFollower,
  useFactory: (kept: ConnectionDefinitions, store: UserStore, clock: Clock, logger: Logger) =>
    new CommitFollower({ ...{ store, clock, logger, name: 'connection-definitions' }, look: () => kept.refresh() }),
  inject: [ConnectionDefinitions, USER_STORE, CLOCK, LOGGER],
};

/** The kinds of connections, which everything that handles connections asks. */
@Global()
@Module({
  providers: [moduleLogger('connection-definitions'), definitions, follower],
  exports: [ConnectionDefinitions],
})
export class ConnectionDefinitionsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #follower: CommitFollower;

  constructor(@Inject(CommitFollower) others: CommitFollower) {
    this.#follower = others;
  }

  onApplicationBootstrap(): void {
    this.#follower.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#follower.stop();
  }
}
