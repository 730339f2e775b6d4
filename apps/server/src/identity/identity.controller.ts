import type { Logger } from '@meshery/observability';
import { authFile, localProviderName, presentedCredential } from '@meshery/security';
import type { AuthFile } from '@meshery/security';
import { LOGGER, httpErrorAnswer } from '@meshery/service';
import { Controller, Get, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { peerOf } from '../access/access-gate.ts';
import { Needs } from '../access/needs.ts';
import { httpContext } from '../access/http-context.ts';
import { refuseProgram } from '../access/refuse-program.ts';
import { requireSession } from '../access/request-session.ts';
import { takeTarget } from '../access/return-target.ts';
import type { ServerConfig } from '../config.ts';
import { CONFIG } from '../tokens.ts';
import { ExchangeTokenHandler } from './commands/exchange-token.handler.ts';
import { SignInWithCodeHandler } from './commands/sign-in-with-code.handler.ts';
import { LocalSignInGuard } from './local-sign-in.guard.ts';
import { publicAddress } from './public-address.ts';
import { SessionCommands } from './session-commands.ts';
import { clearSessionCookies, setSessionCookies } from './session-cookies.ts';
import { showRefusal } from './show-refusal.ts';

/** Sign-in and tokens of the Local provider; docs/spec/identity.md. */
@Controller()
export class IdentityController {
  readonly #logger: Logger;
  readonly #config: ServerConfig;
  readonly #signIn: SignInWithCodeHandler;
  readonly #exchange: ExchangeTokenHandler;
  readonly #sessions: SessionCommands;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(SignInWithCodeHandler) signIn: SignInWithCodeHandler,
    @Inject(ExchangeTokenHandler) exchange: ExchangeTokenHandler,
    @Inject(SessionCommands) sessions: SessionCommands,
  ) {
    this.#logger = logger;
    this.#config = config;
    this.#signIn = signIn;
    this.#exchange = exchange;
    this.#sessions = sessions;
  }

  @Get('auth/local')
  @UseGuards(LocalSignInGuard)
  async signInWithCode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { code, next } = request.query as { code?: unknown; next?: unknown };
    try {
      const token = await this.#signIn.handle(textOf(code), peerName(request));
      setSessionCookies(reply, { token, provider: localProviderName, isSecure: this.#isSecure });
      void reply
        .code(302)
        .header('location', takeTarget(request, reply, next))
        .send();
    } catch (error) {
      showRefusal(request, reply, error, next);
    }
  }

  /** For programs: the code stays out of addresses and logs, the answer is a token file. */
  @Post('auth/local')
  @UseGuards(LocalSignInGuard)
  @Needs('read')
  @HttpCode(200)
  async tradeCode(@Req() request: FastifyRequest): Promise<AuthFile> {
    const { code } = (request.body ?? {}) as { code?: unknown };
    return authFile(await this.#signIn.handle(textOf(code), peerName(request)));
  }

  /** Published clients store whatever is answered here, whatever the status: always an object of strings. */
  @Get('api/token')
  async exchange(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      void reply.send(await this.#exchange.handle(presentedCredential(request.headers), peerOf(request)));
    } catch (error) {
      const { status, body } = httpErrorAnswer(error, request.id);
      void reply
        .code(status)
        .send({ error: body.error, code: body.code, severity: body.severity, requestId: request.id });
    }
  }

  @Post('api/user/logout')
  @Needs('read')
  @HttpCode(200)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    refuseProgram(request);
    const ctx = httpContext({ request, reply }, this.#logger);
    const page = publicAddress('/provider', request, this.#config);
    const endSession = await this.#sessions.signOut.handle(ctx, requireSession(request), page);
    clearSessionCookies(reply, this.#isSecure);
    return endSession === undefined ? {} : { endSession };
  }

  /** The code lets its bearer in as the owner of this server. */
  @Post('auth/local/code')
  @UseGuards(LocalSignInGuard)
  @Needs('administer')
  @HttpCode(200)
  issueCode(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { readonly path: string } {
    refuseProgram(request);
    return this.#sessions.issueCode.handle(httpContext({ request, reply }, this.#logger));
  }

  get #isSecure(): boolean {
    return this.#config.tlsCert !== undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function peerName(request: FastifyRequest): string {
  return peerOf(request).remoteAddress ?? '';
}
