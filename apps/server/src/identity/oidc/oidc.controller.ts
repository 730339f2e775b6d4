import { toMesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import { cookieValue, localProviderName } from '@meshery/security';
import { LOGGER } from '@meshery/service';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberTarget, takeTarget } from '../../access/return-target.ts';
import type { ServerConfig } from '../../config.ts';
import { CONFIG } from '../../tokens.ts';
import { publicAddress } from '../public-address.ts';
import { loginCookie, setLoginCookie, setSessionCookies } from '../session-cookies.ts';
import { showRefusal } from '../show-refusal.ts';
import { OidcSignIn } from './oidc-sign-in.ts';

/** Sign-in with an OpenID Connect issuer; docs/spec/identity.md. */
@Controller('auth/oidc')
export class OidcController {
  readonly #logger: Logger;
  readonly #config: ServerConfig;
  readonly #signIn: OidcSignIn;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(OidcSignIn) signIn: OidcSignIn,
  ) {
    this.#logger = logger;
    this.#config = config;
    this.#signIn = signIn;
  }

  @Get()
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { next } = request.query as { next?: unknown };
    const callback = publicAddress('/auth/oidc/callback', request, this.#config);
    try {
      const { location, state } = await this.#signIn.required.begin(callback);
      if (next !== undefined) rememberTarget(request, reply, next);
      setLoginCookie(reply, state, this.#isSecure);
      void reply.code(302).header('location', location).send();
    } catch (error) {
      this.#refuse(request, reply, error);
    }
  }

  @Get('callback')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { code, state, iss, error: refusal } = request.query as Readonly<Record<string, unknown>>;
    const answer = {
      code: textOf(code),
      state: textOf(state),
      issuer: iss === undefined ? undefined : textOf(iss),
      isRefusal: refusal !== undefined,
      kept: cookieValue(request.headers.cookie, loginCookie) ?? '',
    };
    try {
      const attempt = { requestId: request.id, logger: this.#logger };
      const token = await this.#signIn.required.end(answer, attempt);
      setSessionCookies(reply, { token, provider: localProviderName, isSecure: this.#isSecure });
      setLoginCookie(reply, '', this.#isSecure);
      void reply
        .code(302)
        .header('location', takeTarget(request, reply, undefined))
        .send();
    } catch (error) {
      this.#refuse(request, reply, error);
    }
  }

  /** Whoever runs the server finds in the log what a stranger is not told. */
  #refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
    const { code, message, details } = toMesheryError(error);
    this.#logger.warn({ requestId: request.id, code, details }, message);
    showRefusal(request, reply, error);
  }

  get #isSecure(): boolean {
    return this.#config.tlsCert !== undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
