import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLocalProvider, localProviderName } from '@meshery/security';
import type { ServerConfig } from '../config.ts';
import { CONFIG } from '../tokens.ts';
import { ProviderDirectory } from './provider-directory.ts';
import type { ProviderProperties } from './provider-list.ts';
import { ProviderStreams } from './provider-streams.ts';
import { setProviderCookie } from './session-cookies.ts';

/** Who keeps what users make; asked and chosen before sign-in. */
@Controller()
export class ProvidersController {
  readonly #directory: ProviderDirectory;
  readonly #streams: ProviderStreams;
  readonly #isSecure: boolean;

  constructor(
    @Inject(ProviderDirectory) directory: ProviderDirectory,
    @Inject(ProviderStreams) streams: ProviderStreams,
    @Inject(CONFIG) config: ServerConfig,
  ) {
    this.#directory = directory;
    this.#streams = streams;
    this.#isSecure = config.tlsCert !== undefined;
  }

  @Get('api/providers')
  list(): Readonly<Record<string, ProviderProperties>> {
    return Object.fromEntries(this.#directory.all().map(({ key, properties }) => [key, properties]));
  }

  @Get('api/providers/stream')
  stream(@Res() reply: FastifyReply): void {
    this.#streams.open(reply);
  }

  @Get('api/provider')
  choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#choose(request, reply);
  }

  @Post('api/provider')
  chooseByForm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.#choose(request, reply);
  }

  #choose(request: FastifyRequest, reply: FastifyReply): void {
    const { provider, ...rest } = request.query as Readonly<Record<string, string | string[]>>;
    const asked = typeof provider === 'string' ? provider : '';
    const key = asked !== '' && isLocalProvider(asked) ? localProviderName : asked;
    if (this.#directory.find(key) === undefined) {
      void reply.code(302).header('location', '/provider').send();
      return;
    }
    setProviderCookie(reply, key, this.#isSecure);
    const query = new URLSearchParams(
      Object.entries(rest).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
    );
    const suffix = query.size === 0 ? '' : `?${query.toString()}`;
    void reply.code(302).header('location', `/user/login${suffix}`).send();
  }
}
