import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { capabilityDocument } from './capabilities.ts';
import { decodeTokens, encodeTokens } from './token-cookie.ts';
import { TokenDesk } from './token-desk.ts';

/** What servers ask about sessions, and about the provider itself. */
@Controller()
export class SessionController {
  readonly #desk: TokenDesk;

  constructor(@Inject(TokenDesk) desk: TokenDesk) {
    this.#desk = desk;
  }

  @Get('capabilities')
  capabilities(@Req() request: FastifyRequest): object {
    return this.capabilitiesFor(request, 'v0.1.0');
  }

  @Get(':version/capabilities')
  capabilitiesFor(@Req() request: FastifyRequest, @Param('version') version: string): object {
    return capabilityDocument(`${request.protocol}://${request.host}`, version);
  }

  @Get('keys')
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
  async refresh(@Body() body: unknown): Promise<object> {
    return { token: encodeTokens(await this.#desk.refresh(decodeTokens(tokenOf(body)).refresh)) };
  }

  @Post('revoke')
  @HttpCode(200)
  revoke(@Body() body: unknown): object {
    this.#desk.revoke(tokenOf(body));
    return {};
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
