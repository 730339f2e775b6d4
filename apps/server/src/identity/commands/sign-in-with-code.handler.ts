import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { SignInCodes, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, FIRST_OWNER, SIGN_IN_CODES, TOKEN_AUTHORITY } from '../../tokens.ts';
import type { FirstOwner } from '../first-owner/first-owner.ts';
import { localUser } from '../local-user.ts';
import { RefusedAttempts } from '../refused-attempts.ts';

/** Trades a one-time sign-in code for a token. Has no context: nobody is signed in yet. */
@Injectable()
export class SignInWithCodeHandler {
  readonly #codes: SignInCodes;
  readonly #authority: TokenAuthority;
  readonly #owner: FirstOwner;
  readonly #refused: RefusedAttempts;

  constructor(
    @Inject(SIGN_IN_CODES) codes: SignInCodes,
    @Inject(TOKEN_AUTHORITY) authority: TokenAuthority,
    @Inject(FIRST_OWNER) owner: FirstOwner,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#codes = codes;
    this.#authority = authority;
    this.#owner = owner;
    this.#refused = new RefusedAttempts(clock);
  }

  /**
   * Rejects with `meshery-auth-1203` when the code is wrong, used or over, with `meshery-core-1005` after many of them
   * from this peer, and with `meshery-config-1102` when it cannot be kept that the server has an owner: then the code
   * stays good.
   */
  async handle(code: string, peer: string): Promise<string> {
    if (this.#codes.isOpen(code)) await this.#owner.welcome();
    if (!this.#codes.redeem(code)) {
      this.#refused.count(peer);
      throw badCode();
    }
    return this.#authority.issue(localUser);
  }
}

function badCode(): MesheryError {
  return new MesheryError('meshery-auth-1203', 'The sign-in link is not valid.', {
    probableCause: 'It was used before, or its time is over.',
    remedy: 'Restart the server for a new link, or run "mesheryctl system login".',
  });
}
