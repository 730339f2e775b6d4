import { randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { capabilityDocument, features } from './capabilities.ts';
import { decodeTokens, encodeTokens } from './token-cookie.ts';
import { TokenDesk } from './token-desk.ts';
import type { TokenSet } from './token-desk.ts';

/** Injection token: whether people without an account are let in. */
export const anonymousSetting = Symbol('anonymous');

/** What servers ask about sessions, and about the provider itself. */
@Controller()
export class SessionController {
  readonly #desk: TokenDesk;
  readonly #hasAnonymous: boolean;

  constructor(@Inject(TokenDesk) desk: TokenDesk, @Inject(anonymousSetting) hasAnonymous: boolean) {
    this.#desk = desk;
    this.#hasAnonymous = hasAnonymous;
  }

  @Get('capabilities')
  capabilities(@Req() request: FastifyRequest): object {
    return this.capabilitiesFor(request, 'v0.1.0');
  }

  @Get(':version/capabilities')
  capabilitiesFor(@Req() request: FastifyRequest, @Param('version') version: string): object {
    const url = `${request.protocol}://${request.host}`;
    return capabilityDocument({ url, version, hasAnonymous: this.#hasAnonymous });
  }

  @Get('keys')
  @Header('cache-control', 'public, max-age=300')
  keys(): Promise<object> {
    return this.#desk.keys();
  }

  @Post('introspect')
  @HttpCode(200)
  async introspect(@Body() body: unknown): Promise<object> {
    const { id, name, role } = await this.#desk.introspect(tokenOf(body));
    return { active: true, sub: id, username: name, roles: [role] };
  }

  @Post('refresh')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async refresh(@Body() body: unknown): Promise<object> {
    return { token: encodeTokens(await this.#desk.refresh(decodeTokens(tokenOf(body)).refresh)) };
  }

  @Post('revoke')
  @HttpCode(200)
  revoke(@Body() body: unknown): object {
    this.#desk.revoke(tokenOf(body));
    return {};
  }

  @Post(features['persist-anonymous-user'])
  @Header('cache-control', 'no-store')
  anonymous(): Promise<TokenSet> {
    if (this.#hasAnonymous) return this.#desk.issue({ id: randomUUID(), name: '', role: 'viewer', isAnonymous: true });
    throw new MesheryError('meshery-core-1002', 'Nobody is let in here without an account.', {
      remedy: 'Sign in, or ask who runs the provider.',
    });
  }

  /** Sessions of browsers are not kept here: what ends a session is `revoke`. */
  @Get('logout')
  logout(): object {
    return {};
  }
}

function tokenOf(body: unknown): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token : '';
}
