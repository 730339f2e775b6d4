import { MesheryError } from '@meshery/errors';
import { logLevels } from '@meshery/observability';
import type { LevelSettings, LogLevels, Logger, RequestContext } from '@meshery/observability';
import { ROOT_LOGGER } from '@meshery/service';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

const level = z.enum(logLevels);
export const input = z.strictObject({ level, modules: z.record(z.string(), level).default({}) });

/** The log levels as a client reads them. */
export interface LogLevelsAnswer extends LevelSettings {
  /** Names that may be in `modules`. */
  readonly knownModules: readonly string[];
  /** Levels are not kept: the next process begins with those of its configuration. */
  readonly lasts: 'until this process ends';
}

/** Reads and changes the levels of this process's log, module by module. */
@Injectable()
export class LogLevelsHandler {
  readonly #levels: LogLevels;

  constructor(@Inject(ROOT_LOGGER) logger: Logger) {
    this.#levels = logger.levels;
  }

  read(): LogLevelsAnswer {
    return { ...this.#levels.settings, knownModules: this.#levels.known, lasts: 'until this process ends' };
  }

  /** Throws `meshery-core-1001` for unknown modules and levels; nothing is changed then. */
  replace(ctx: RequestContext, body: unknown): LogLevelsAnswer {
    const parsed = input.safeParse(body);
    if (!parsed.success) throw badLevels(`Levels are ${logLevels.join(', ')}.`);
    const { known, settings: before } = this.#levels;
    if (!Object.keys(parsed.data.modules).every((module) => known.includes(module)))
      throw badLevels(`Modules are ${known.join(', ')}.`);
    this.#levels.replace(parsed.data);
    ctx.logger.warn({ before, after: parsed.data }, 'log levels changed');
    return this.read();
  }
}

function badLevels(remedy: string): MesheryError {
  return new MesheryError('meshery-core-1001', 'The body must be {"level": <level>, "modules": {<module>: <level>}}.', {
    remedy,
  });
}
