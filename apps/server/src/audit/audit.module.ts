import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { CLOCK, USER_STORE } from '../tokens.ts';
import { AuditController } from './audit.controller.ts';
import { RefusalLog } from './refusal-log.ts';

/** Ten a second: an attack is seen, and does not fill the disk. */
const maxPerMinute = 600;

const refusals = {
  provide: RefusalLog,
  useFactory: (store: UserStore, clock: Clock, logger: Logger) =>
    new RefusalLog({ store, clock, logger, maxPerMinute }),
  inject: [USER_STORE, CLOCK, LOGGER],
};

/** Who did what, and who was refused. */
@Module({ controllers: [AuditController], providers: [moduleLogger('audit'), refusals], exports: [RefusalLog] })
export class AuditModule implements BeforeApplicationShutdown {
  readonly #refusals: RefusalLog;

  constructor(@Inject(RefusalLog) log: RefusalLog) {
    this.#refusals = log;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#refusals.close();
  }
}
