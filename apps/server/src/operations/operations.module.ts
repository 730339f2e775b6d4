import { randomUUID } from 'node:crypto';
import { operationServiceDefinition } from '@meshery/contracts/grpc';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Global, Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { GrpcServices } from '../grpc/grpc-services.ts';
import { EventNotes } from '../provider/local/event-notes.ts';
import { CLOCK, USER_STORE } from '../tokens.ts';
import { OperationsController } from './operations.controller.ts';
import { operationService } from './operations.grpc.ts';
import { Operations } from './operations.ts';

const operations = {
  provide: Operations,
  useFactory: (store: UserStore, clock: Clock, logger: Logger) => {
    const notes = new EventNotes({ clock, newId: randomUUID });
    return new Operations({ store, clock, logger, newId: randomUUID, notes });
  },
  inject: [USER_STORE, CLOCK, LOGGER],
};

/** Long work for all features, over REST and over gRPC. */
@Global()
@Module({
  controllers: [OperationsController],
  providers: [moduleLogger('operations'), operations],
  exports: [Operations],
})
export class OperationsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #operations: Operations;

  constructor(
    @Inject(Operations) all: Operations,
    @Inject(USER_STORE) store: UserStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(GrpcServices) services: GrpcServices,
  ) {
    this.#operations = all;
    const parts = { ...services.parts, operations: all, store, clock };
    services.offer(operationServiceDefinition, operationService(parts));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#operations.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#operations.close();
  }
}
