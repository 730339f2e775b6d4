import type { Logger, RequestContext } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Body, Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ctx } from '../access/ctx.ts';
import { httpContext } from '../access/http-context.ts';
import { Needs } from '../access/needs.ts';
import type { ServerConfig } from '../config.ts';
import { BUILD_INFO, CONFIG } from '../tokens.ts';
import { releaseFacts } from './build-info.ts';
import type { BuildInfo, ReleaseFacts } from './build-info.ts';
import { LogLevelsHandler } from './log-levels.handler.ts';
import type { LogLevelsAnswer } from './log-levels.handler.ts';
import { SetLogLevelHandler } from './set-log-level.handler.ts';

/** The published answer of GET /api/system/version. */
interface VersionAnswer extends BuildInfo, ReleaseFacts {
  readonly release_channel: string;
}

/** Facts about the server, and its log level. */
@Controller('api/system')
export class AdminController {
  readonly #logger: Logger;
  readonly #info: BuildInfo;
  readonly #config: ServerConfig;
  readonly #setLogLevel: SetLogLevelHandler;
  readonly #logLevels: LogLevelsHandler;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(BUILD_INFO) info: BuildInfo,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(SetLogLevelHandler) setLogLevel: SetLogLevelHandler,
    @Inject(LogLevelsHandler) logLevels: LogLevelsHandler,
  ) {
    this.#logger = logger;
    this.#info = info;
    this.#config = config;
    this.#setLogLevel = setLogLevel;
    this.#logLevels = logLevels;
  }

  @Get('version')
  version(): VersionAnswer {
    const { version, releaseChannel } = this.#info;
    return { ...this.#info, ...releaseFacts(version, this.#config.latestRelease), release_channel: releaseChannel };
  }

  @Put('log-level')
  @Needs('administer')
  logLevel(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { readonly level: string } {
    return this.#setLogLevel.handle(httpContext({ request, reply }, this.#logger), body);
  }

  @Get('log-levels')
  @Needs('administer')
  levels(): LogLevelsAnswer {
    return this.#logLevels.read();
  }

  @Put('log-levels')
  @Needs('administer')
  replaceLevels(@Ctx() ctx: RequestContext, @Body() body: unknown): LogLevelsAnswer {
    return this.#logLevels.replace(ctx, body);
  }
}
