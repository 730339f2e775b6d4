import { eventServiceDefinition } from '@meshery/contracts/grpc';
import type { Clock, Logger, Registry } from '@meshery/observability';
import { LOGGER, METRICS, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { GrpcServices } from '../grpc/grpc-services.ts';
import { Providers } from '../provider/providers.ts';
import { EventStreams } from '../rest/event-streams.ts';
import { CLOCK, CONFIG, USER_STORE } from '../tokens.ts';
import { EventConfigController } from './event-config.controller.ts';
import { EventStreamController } from './event-stream.controller.ts';
import { EventsController } from './events.controller.ts';
import { eventService } from './events.grpc.ts';
import { EventHub } from './live/event-hub.ts';

const hub = {
  provide: EventHub,
  useFactory: (store: UserStore, clock: Clock, logger: Logger, metrics: Registry, config: ServerConfig) =>
    new EventHub({ store, clock, logger, metrics, maxSubscribers: config.maxSubscribers }),
  inject: [USER_STORE, CLOCK, LOGGER, METRICS, CONFIG],
};

/** What happened, over REST, gRPC and as streams. */
@Module({
  controllers: [EventConfigController, EventStreamController, EventsController],
  providers: [moduleLogger('events'), hub, EventStreams],
  exports: [EventHub],
})
export class EventsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #hub: EventHub;

  constructor(
    @Inject(EventHub) eventHub: EventHub,
    @Inject(Providers) providers: Providers,
    @Inject(CONFIG) { maxClientBuffer }: ServerConfig,
    @Inject(GrpcServices) services: GrpcServices,
  ) {
    this.#hub = eventHub;
    const parts = { ...services.parts, providers, hub: eventHub, maxClientBuffer };
    services.offer(eventServiceDefinition, eventService(parts));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#hub.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#hub.close();
  }
}
