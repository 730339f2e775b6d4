import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CLOCK, CONFIG, USER_STORE } from '../tokens.ts';
import { Retention } from './retention.ts';

const retention = {
  provide: Retention,
  useFactory: (store: UserStore, clock: Clock, logger: Logger, limits: ServerConfig) =>
    new Retention({ store, clock, logger, limits }),
  inject: [USER_STORE, CLOCK, LOGGER, CONFIG],
};

/** Keeps what happened from growing without end. */
@Module({ providers: [moduleLogger('retention'), retention] })
export class RetentionModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #retention: Retention;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(@Inject(Retention) kept: Retention) {
    this.#retention = kept;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#retention.run(this.#stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
