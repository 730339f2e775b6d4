import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { InventoryStore } from '@meshery/store';
import { Global, Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CLOCK, CONFIG, INVENTORY_STORE } from '../tokens.ts';
import { ComponentStates } from './component-states.ts';
import { ComponentsController } from './components.controller.ts';

const states = {
  provide: ComponentStates,
  useFactory: ({ components: table }: InventoryStore, clock: Clock, logger: Logger, { componentDays }: ServerConfig) =>
    new ComponentStates({ table, clock, logger, days: componentDays }),
  inject: [INVENTORY_STORE, CLOCK, LOGGER, CONFIG],
};

/** Keeps the states of Meshery's own components; whoever uses one notes how it went. */
@Global()
@Module({
  controllers: [ComponentsController],
  providers: [moduleLogger('components'), states],
  exports: [ComponentStates],
})
export class ComponentsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #states: ComponentStates;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(@Inject(ComponentStates) kept: ComponentStates) {
    this.#states = kept;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#states.run(this.#stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
