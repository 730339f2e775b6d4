import { createHash } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Accounts } from './accounts.ts';
import { Callbacks } from './callbacks.ts';
import { loginPage } from './login-page.ts';
import { encodeTokens } from './token-cookie.ts';
import { TokenDesk } from './token-desk.ts';
import type { TokenSet } from './token-desk.ts';

const text = z.string().max(4096);
/** OAuth 2 with PKCE (RFC 6749, RFC 7636), or `source` of older clients: the callback in base64url. */
const request = z.object({
  source: text.optional(),
  redirect_uri: text.optional(),
  state: text.optional(),
  code_challenge: z.string().length(43).optional(),
  code_challenge_method: z.literal('S256').optional(),
});
const trade = z.object({ code: text, code_verifier: z.string().min(43).max(128), redirect_uri: text });
const credentials = z.object({ name: text, password: text });

/** Sign-in with name and password, and back to the server that asked. */
@Controller()
export class LoginController {
  readonly #accounts: Accounts;
  readonly #callbacks: Callbacks;
  readonly #desk: TokenDesk;

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(Callbacks) callbacks: Callbacks,
    @Inject(TokenDesk) desk: TokenDesk,
  ) {
    this.#accounts = accounts;
    this.#callbacks = callbacks;
    this.#desk = desk;
  }

  @Get('login')
  ask(@Query() query: unknown, @Res() reply: FastifyReply): void {
    this.#callbackOf(parse(request, query));
    sendPage(reply, 200, '');
  }

  @Post('login')
  async signIn(@Query() query: unknown, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(request, query);
    const callback = this.#callbackOf(asked);
    const { name, password } = parse(credentials, body);
    const account = this.#accounts.signIn(name, password);
    if (account === undefined) {
      sendPage(reply, 401, 'Name or password is wrong.');
      return;
    }
    if (asked.state !== undefined) callback.searchParams.set('state', asked.state);
    const { code_challenge: challenge, redirect_uri: uri = '' } = asked;
    if (challenge === undefined) callback.searchParams.set('token', encodeTokens(await this.#desk.issue(account)));
    else callback.searchParams.set('code', this.#desk.issueCode(account, challenge, uri));
    void reply.code(302).header('location', callback.href).header('cache-control', 'no-store').send();
  }

  @Post('token')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async trade(@Body() body: unknown): Promise<TokenSet> {
    const { code, code_verifier: verifier, redirect_uri: uri } = parse(trade, body);
    return this.#desk.redeem(code, verifier, uri);
  }

  #callbackOf({ source, redirect_uri: uri, code_challenge: challenge }: z.output<typeof request>): URL {
    // A code is for whoever proves to have asked for it; the bare token is for older programs on the same machine.
    if (uri !== undefined && challenge === undefined) throw malformed('code_challenge');
    return this.#callbacks.allow(uri ?? Buffer.from(source ?? '', 'base64url').toString('utf8'));
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw malformed(String(result.error.issues[0]?.path[0] ?? 'request'));
}

function malformed(name: string): MesheryError {
  return new MesheryError('meshery-core-1001', `The parameter "${name}" is missing or malformed.`, {
    remedy: 'Start the sign-in at your Meshery server again.',
  });
}

function sendPage(reply: FastifyReply, status: number, message: string): void {
  const { html, style } = loginPage(message);
  const hash = createHash('sha256').update(style).digest('base64');
  // The form leads on to the server, which form-action would have to name.
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`;
  void reply
    .code(status)
    .headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .type('text/html; charset=utf-8')
    .send(html);
}
