import { MesheryError } from '@meshery/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Account } from './accounts.ts';
import { decodeTokens } from './token-cookie.ts';
import { TokenDesk } from './token-desk.ts';

/** Tells who asks. */
@Injectable()
export class Callers {
  readonly #desk: TokenDesk;

  constructor(@Inject(TokenDesk) desk: TokenDesk) {
    this.#desk = desk;
  }

  /** Rejects with `meshery-auth-1201` for nobody, with `meshery-auth-1202` for who may not. */
  async who(request: FastifyRequest, right: 'self' | 'read' | 'write'): Promise<Account> {
    const [, presented = ''] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const account = await this.#desk.introspect(decodeTokens(presented).access);
    const mayRead = right === 'self' || account.isAnonymous !== true;
    if (mayRead && (right !== 'write' || account.role !== 'viewer')) return account;
    throw new MesheryError('meshery-auth-1202', `This needs ${mayRead ? 'the role "editor"' : 'an account'}.`, {
      remedy: 'Ask who runs the provider.',
    });
  }
}
