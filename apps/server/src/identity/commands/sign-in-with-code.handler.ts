import { MesheryError } from '@meshery/errors';
import type { SignInCodes, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { SIGN_IN_CODES, TOKEN_AUTHORITY } from '../../tokens.ts';
import { localUser } from '../local-user.ts';

/** Trades a one-time sign-in code for a token. Has no context: nobody is signed in yet. */
@Injectable()
export class SignInWithCodeHandler {
  readonly #codes: SignInCodes;
  readonly #authority: TokenAuthority;

  constructor(@Inject(SIGN_IN_CODES) codes: SignInCodes, @Inject(TOKEN_AUTHORITY) authority: TokenAuthority) {
    this.#codes = codes;
    this.#authority = authority;
  }

  /** Rejects with `meshery-auth-1203` when the code is wrong, used or over. */
  async handle(code: string): Promise<string> {
    if (!this.#codes.redeem(code)) throw badCode();
    return this.#authority.issue(localUser);
  }
}

function badCode(): MesheryError {
  return new MesheryError('meshery-auth-1203', 'The sign-in link is not valid.', {
    probableCause: 'It was used before, or its time is over.',
    remedy: 'Restart the server for a new link, or run "mesheryctl system login".',
  });
}
