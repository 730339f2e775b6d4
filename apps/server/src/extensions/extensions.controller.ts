import { inBothSpellings } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { hasRight } from '@meshery/security';
import type { Right } from '@meshery/security';
import { Controller, Delete, Get, HttpCode, Inject, Options, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { missingRight } from '../access/missing-right.ts';
import { ProviderDirectory } from '../identity/provider-directory.ts';
import { badParameter } from '../rest/query-values.ts';
import type { PassedAnswer, ProviderCall } from '../provider/remote/provider-client.ts';
import { Extensions } from './extensions.ts';
import { providerGraphqlRequest } from './provider-graphql.ts';

const proxied = ['api/extensions', 'api/extensions/*'];
const own = ['api/provider/extension', 'api/provider/extension/*'];

/** What the provider of the signed-in user adds to this server. */
@Controller()
export class ExtensionsController {
  readonly #directory: ProviderDirectory;
  readonly #extensions: Extensions;

  constructor(@Inject(ProviderDirectory) directory: ProviderDirectory, @Inject(Extensions) extensions: Extensions) {
    this.#directory = directory;
    this.#extensions = extensions;
  }

  @Get('api/provider/capabilities')
  capabilities(@Ctx() ctx: RequestContext): object {
    return inBothSpellings(this.#directory.find(ctx.user.provider)?.properties ?? {});
  }

  @Get('api/extension/version')
  async version(@Ctx() ctx: RequestContext): Promise<object> {
    return { version: await this.#extensions.version(ctx) };
  }

  @Post('api/provider/extension/install')
  @Needs('administer')
  @HttpCode(200)
  async install(@Ctx() ctx: RequestContext): Promise<object> {
    return { version: await this.#extensions.install(ctx) };
  }

  @Post('api/provider/extension/remove')
  @Needs('administer')
  @HttpCode(200)
  async remove(@Ctx() ctx: RequestContext): Promise<object> {
    await this.#extensions.remove(ctx);
    return {};
  }

  @Get(own)
  async file(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const name = restOf(request, '/api/provider/extension');
    if (name === '') {
      await this.#extensions.version(ctx);
      void reply.send({});
    } else if (name.startsWith('server/')) await this.#pass(ctx, request, reply);
    else {
      const { content, type } = await this.#extensions.file(ctx, name);
      void reply.type(type).send(content);
    }
  }

  /** Reading with GraphQL is posted too, so that the right depends on what is asked. */
  @Post(own)
  @Needs('read')
  async postOwn(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const rest = restOf(request, '/api/provider/extension');
    const path = rest.startsWith('server/') ? rest.slice('server'.length) : '';
    if (this.#extensions.answersGraphql(ctx, path)) {
      const { right, body } = providerGraphqlRequest(request.body);
      requireRight(ctx, right);
      sendPassed(reply, await this.#extensions.pass(ctx, path, { method: 'POST', body }));
    } else {
      requireRight(ctx, 'write');
      await this.#pass(ctx, request, reply);
    }
  }

  @Put(own)
  putOwn(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Delete(own)
  deleteOwn(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Options(own)
  @Needs('read')
  optionsOwn(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Get(proxied)
  get(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Post(proxied)
  post(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Put(proxied)
  put(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Delete(proxied)
  delete(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  @Options(proxied)
  @Needs('read')
  options(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#pass(ctx, request, reply);
  }

  /** Under the same path at the provider, without `/api`. */
  async #pass(ctx: RequestContext, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const path = `/${restOf(request, '/api')}`;
    const answer = await this.#extensions.pass(ctx, path, {
      method: request.method as NonNullable<ProviderCall['method']>,
      query: request.query as Readonly<Record<string, string>>,
      ...(request.body === undefined || request.body === null ? {} : { body: request.body }),
    });
    sendPassed(reply, answer);
  }
}

function sendPassed(reply: FastifyReply, { status, type, content }: PassedAnswer): void {
  void reply.code(status).type(type).send(content);
}

function requireRight({ user }: RequestContext, right: Right): void {
  if (!hasRight(user.roles, right)) throw missingRight(right);
}

/** The rest of the path, as it is: a name that leads up, or is disguised, is refused. */
function restOf(request: FastifyRequest, prefix: string): string {
  const path = request.url.split('?', 1)[0] ?? '';
  const rest = path.slice(prefix.length).replace(/^\//, '');
  if (!rest.includes('..') && /^[\w./@+=:-]*$/.test(rest)) return rest;
  throw badParameter('path', 'must be a plain path');
}
