import type { Logger } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Body, Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpContext } from '../access/http-context.ts';
import { BUILD_INFO } from '../tokens.ts';
import type { BuildInfo } from './build-info.ts';
import { SetLogLevelHandler } from './set-log-level.handler.ts';

/** The published answer of GET /api/system/version; no release is looked up, so it never calls itself outdated. */
interface VersionAnswer extends BuildInfo {
  readonly latest: string;
  readonly outdated: boolean;
  readonly release_channel: string;
}

/** Facts about the server, and its log level. */
@Controller('api/system')
export class AdminController {
  readonly #logger: Logger;
  readonly #info: BuildInfo;
  readonly #setLogLevel: SetLogLevelHandler;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(BUILD_INFO) info: BuildInfo,
    @Inject(SetLogLevelHandler) setLogLevel: SetLogLevelHandler,
  ) {
    this.#logger = logger;
    this.#info = info;
    this.#setLogLevel = setLogLevel;
  }

  @Get('version')
  version(): VersionAnswer {
    const { version, releaseChannel } = this.#info;
    return { ...this.#info, latest: version, outdated: false, release_channel: releaseChannel };
  }

  @Put('log-level')
  logLevel(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { readonly level: string } {
    return this.#setLogLevel.handle(httpContext({ request, reply }, this.#logger), body);
  }
}
