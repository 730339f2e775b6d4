import { parseRecord } from '@meshery/object-model';
import type { Logger, RequestContext } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';

/** The published names, gravest first. */
const levels = ['panic', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export const input = z.object({
  eventLogLevel: z
    .string()
    .transform((level) => level.trim().toLowerCase())
    .pipe(z.enum(levels)),
});

/** How much the server logs, under the published names of the route; it holds until the process ends. */
@Controller('api/system/events/config')
export class EventConfigController {
  readonly #logger: Logger;

  constructor(@Inject(LOGGER) logger: Logger) {
    this.#logger = logger;
  }

  @Get()
  show(): object {
    return this.#answer();
  }

  @Put()
  @Needs('administer')
  change(@Ctx() ctx: RequestContext, @Body() body: unknown): object {
    const { eventLogLevel } = parseRecord(input, body, 'request');
    const before = this.#logger.level;
    this.#logger.level = eventLogLevel === 'panic' ? 'fatal' : eventLogLevel;
    ctx.logger.warn({ before, after: this.#logger.level }, 'log level changed');
    return this.#answer();
  }

  #answer(): object {
    const { level } = this.#logger;
    return {
      status: 'success',
      eventLogLevel: level,
      event_log_level: level,
      availableLevels: levels,
      available_levels: levels,
    };
  }
}
