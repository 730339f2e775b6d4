import type { Logger } from '@meshery/observability';
import { cookieValue, presentedCredential, whyOriginRefused } from '@meshery/security';
import type { AuthFile } from '@meshery/security';
import { LOGGER, httpErrorAnswer } from '@meshery/service';
import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { MesheryError } from '@meshery/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpContext } from '../access/http-context.ts';
import { refuseProgram } from '../access/refuse-program.ts';
import { sessionOf } from '../access/request-session.ts';
import { rememberTarget, safeTarget } from '../access/return-target.ts';
import type { ServerConfig } from '../config.ts';
import { Remotes } from '../provider/remote/remote.ts';
import type { Remote } from '../provider/remote/remote.ts';
import { Sessions } from '../sessions/sessions.ts';
import { CONFIG } from '../tokens.ts';
import { SessionCommands } from './session-commands.ts';
import { clearSessionCookies, loginCookie, setLoginCookie, setSessionCookies } from './session-cookies.ts';
import { publicAddress } from './public-address.ts';
import { targetOfReference } from './reference.ts';
import { showRefusal } from './show-refusal.ts';

/** Sign-in and sign-out as published clients and older dashboards know them. */
@Controller()
export class SignInController {
  readonly #logger: Logger;
  readonly #config: ServerConfig;
  readonly #sessions: Sessions;
  readonly #commands: SessionCommands;
  readonly #remotes: Remotes;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(Sessions) sessions: Sessions,
    @Inject(SessionCommands) commands: SessionCommands,
    @Inject(Remotes) remotes: Remotes,
  ) {
    this.#remotes = remotes;
    this.#logger = logger;
    this.#config = config;
    this.#sessions = sessions;
    this.#commands = commands;
  }

  @Get('user/login')
  start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const target = targetOfReference(request);
    if (sessionOf(request) !== undefined) {
      redirect(reply, target);
      return;
    }
    const remote = this.#chosen(request);
    if (remote === undefined) {
      rememberTarget(request, reply, target);
      redirect(reply, '/provider');
      return;
    }
    const callback = this.#config.callbackUrl ?? `${request.protocol}://${request.host}/api/user/token`;
    const { location, state } = remote.login.begin(callback, target);
    setLoginCookie(reply, state, this.#isSecure);
    void reply.code(302).header('location', location).send();
  }

  @Get('user/logout')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = sessionOf(request);
    // A link on another site must not end anything.
    const isOwn = whyOriginRefused(request.headers, this.#config.allowedOrigins) === undefined;
    if (session !== undefined && isOwn) {
      refuseProgram(request);
      const page = publicAddress('/provider', request, this.#config);
      const endSession = await this.#commands.signOut.handle(
        httpContext({ request, reply }, this.#logger),
        session,
        page,
      );
      clearSessionCookies(reply, this.#isSecure);
      void reply
        .code(302)
        .header('location', endSession ?? '/provider')
        .send();
      return;
    }
    if (isOwn) clearSessionCookies(reply, this.#isSecure);
    redirect(reply, '/provider');
  }

  /** With a token it ends a sign-in; without one it answers a new token file to whoever is signed in. */
  @Get('api/user/token')
  async renew(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      if ('code' in (request.query as object)) await this.#complete(request, reply);
      else if (tokenOf(request) !== undefined) await this.#accept(request, reply);
      else void reply.send(await this.#renewed(request, reply));
    } catch (error) {
      sendStrings(error, request, reply);
    }
  }

  @Post('api/user/token')
  async accept(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      await this.#accept(request, reply);
    } catch (error) {
      sendStrings(error, request, reply);
    }
  }

  @Get('auth/redirect')
  async acceptAndShow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      await this.#accept(request, reply);
    } catch (error) {
      showRefusal(request, reply, error);
    }
  }

  /** Keeps a token only once it is known to be genuine, and only when this server's own pages or a person bring it. */
  async #accept(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const why = whyOriginRefused(request.headers, this.#config.allowedOrigins);
    if (why !== undefined) throw foreign(why);
    const { provider } = presentedCredential(request.headers);
    const token = tokenOf(request) ?? '';
    const session = await this.#sessions.verify({ token, provider });
    if (session.isProgram === true) throw foreign('it is the token of a program');
    const { renewedToken: kept = token, identity } = session;
    setSessionCookies(reply, { token: kept, provider: identity.provider, isSecure: this.#isSecure });
    redirect(reply, targetOfReference(request));
  }

  /** The end of a sign-in that this browser began: only its cookie knows the state. */
  async #complete(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { code, state } = request.query as { code?: unknown; state?: unknown };
    const remote = this.#chosen(request);
    if (remote === undefined) throw foreign('no provider was chosen');
    const kept = cookieValue(request.headers.cookie, loginCookie) ?? '';
    const { token, target } = await remote.login.end(textOf(code), textOf(state), kept);
    await remote.sessions.learn(token);
    const { renewedToken = token } = await this.#sessions.verify({ token, provider: remote.key });
    setSessionCookies(reply, { token: renewedToken, provider: remote.key, isSecure: this.#isSecure });
    setLoginCookie(reply, '', this.#isSecure);
    redirect(reply, target);
  }

  /** The remote provider that the browser chose, unless there is no choice. */
  #chosen(request: FastifyRequest): Remote | undefined {
    return this.#remotes.find(this.#config.soleRemote ?? presentedCredential(request.headers).provider);
  }

  async #renewed(request: FastifyRequest, reply: FastifyReply): Promise<AuthFile> {
    const ctx = httpContext({ request, reply }, this.#logger);
    refuseProgram(request);
    return this.#commands.renew.handle(ctx);
  }

  get #isSecure(): boolean {
    return this.#config.tlsCert !== undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function redirect(reply: FastifyReply, target: string): void {
  void reply
    .code(302)
    .header('location', safeTarget(target) ?? '/')
    .send();
}

function tokenOf(request: FastifyRequest): string | undefined {
  const inQuery = (request.query as { token?: unknown }).token;
  const given = inQuery ?? ((request.body ?? {}) as { token?: unknown }).token;
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** Published clients store whatever is answered here, whatever the status: always an object of strings. */
function sendStrings(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = httpErrorAnswer(thrown, request.id);
  const { error, code, severity } = body;
  void reply.code(status).send({ error, code, severity, requestId: request.id });
}

function foreign(why: string): MesheryError {
  return new MesheryError('meshery-auth-1205', `The token is not kept: ${why}.`, {
    probableCause: 'A link of another site wants to sign you in as somebody else.',
    remedy: 'Sign in at /provider.',
  });
}
