import { randomUUID } from 'node:crypto';
import { InProcessBroker, NatsBroker } from '@meshery/messaging';
import type { Broker } from '@meshery/messaging';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ServerConfig } from '../../config.ts';
import { CLOCK, CONFIG, EVENT_BROKER, USER_STORE } from '../../tokens.ts';
import { EventPublisher } from './event-publisher.ts';
import { inProcessSink, streamSink } from './event-sink.ts';

const broker = {
  provide: EVENT_BROKER,
  useFactory: (
    { eventsBrokerUrl: url, eventsBrokerCa: caFile }: ServerConfig,
    clock: Clock,
    logger: Logger,
  ): Broker => {
    if (url === undefined) return new InProcessBroker({ clock });
    const tls = caFile === undefined ? {} : { tls: { caFile } };
    return new NatsBroker({ url, name: 'meshery-server-events', ...tls }, { clock, logger });
  },
  inject: [CONFIG, CLOCK, LOGGER],
};

const publisher = {
  provide: EventPublisher,
  useFactory: (to: Broker, store: UserStore, clock: Clock, logger: Logger) => {
    const sink = to instanceof NatsBroker ? streamSink(to) : inProcessSink(to);
    return new EventPublisher({ store, sink, clock, logger, newId: randomUUID });
  },
  inject: [EVENT_BROKER, USER_STORE, CLOCK, LOGGER],
};

/** Publishes what happened as CloudEvents: inside of the process, or to a NATS server. */
@Module({ providers: [moduleLogger('events'), broker, publisher] })
export class PublishModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #publisher: EventPublisher;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(@Inject(EventPublisher) events: EventPublisher) {
    this.#publisher = events;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#publisher.run(this.#stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
