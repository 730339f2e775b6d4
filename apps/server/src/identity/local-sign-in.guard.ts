import { MesheryError } from '@meshery/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CONFIG } from '../tokens.ts';

/** Lets requests pass where people sign in to the Local provider; throws `meshery-core-1002` elsewhere. */
@Injectable()
export class LocalSignInGuard implements CanActivate {
  readonly #soleRemote: string | undefined;

  constructor(@Inject(CONFIG) { soleRemote }: ServerConfig) {
    this.#soleRemote = soleRemote;
  }

  canActivate(): boolean {
    if (this.#soleRemote === undefined) return true;
    throw new MesheryError('meshery-core-1002', 'Nobody signs in to the Local provider of this server.', {
      probableCause: `PROVIDER names ${this.#soleRemote} as the only provider.`,
      remedy: 'Sign in at /provider.',
    });
  }
}
