import { MesheryError } from '@meshery/errors';
import { logLevels } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

export const input = z.strictObject({ level: z.enum(logLevels) });

/** Changes the log level of the whole process until it ends. */
@Injectable()
export class SetLogLevelHandler {
  readonly #logger: Logger;

  constructor(@Inject(LOGGER) logger: Logger) {
    this.#logger = logger;
  }

  /** Throws `meshery-core-1001` for anything but `{"level": <level>}`. */
  handle(ctx: RequestContext, body: unknown): { readonly level: string } {
    const parsed = input.safeParse(body);
    if (!parsed.success) throw badLevel();
    const before = this.#logger.level;
    this.#logger.level = parsed.data.level;
    ctx.logger.warn({ before, after: parsed.data.level }, 'log level changed');
    return { level: this.#logger.level };
  }
}

function badLevel(): MesheryError {
  return new MesheryError('meshery-core-1001', 'The body must be {"level": <level>}.', {
    remedy: `Levels are ${logLevels.join(', ')}.`,
  });
}
