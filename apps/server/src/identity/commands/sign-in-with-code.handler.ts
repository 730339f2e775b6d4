import { MesheryError } from '@meshery/errors';
import type { User } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { SignInCodes, TokenAuthority } from '@meshery/security';
import type { UserStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { loginTimes } from '../../provider/local/login-times.ts';
import { CLOCK, FIRST_OWNER, SIGN_IN_CODES, TOKEN_AUTHORITY, USER_STORE } from '../../tokens.ts';
import type { FirstOwner } from '../first-owner/first-owner.ts';
import { localUser } from '../local-user.ts';
import { RefusedAttempts } from '../refused-attempts.ts';

/** Trades a one-time sign-in code for a token. Has no context: nobody is signed in yet. */
@Injectable()
export class SignInWithCodeHandler {
  readonly #codes: SignInCodes;
  readonly #authority: TokenAuthority;
  readonly #owner: FirstOwner;
  readonly #store: UserStore;
  readonly #clock: Clock;
  readonly #refused: RefusedAttempts;

  constructor(
    @Inject(SIGN_IN_CODES) codes: SignInCodes,
    @Inject(TOKEN_AUTHORITY) authority: TokenAuthority,
    @Inject(FIRST_OWNER) owner: FirstOwner,
    @Inject(USER_STORE) store: UserStore,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#codes = codes;
    this.#authority = authority;
    this.#owner = owner;
    this.#store = store;
    this.#clock = clock;
    this.#refused = new RefusedAttempts(clock);
  }

  /**
   * Rejects with `meshery-auth-1203` when the code is wrong, used or over, with `meshery-core-1005` after many of them
   * from this peer, and with `meshery-config-1102` when it cannot be kept that the server has an owner: then the code
   * stays good.
   */
  async handle(code: string, peer: string): Promise<string> {
    if (this.#codes.isOpen(code)) await this.#owner.welcome();
    const userId = this.#codes.redeem(code);
    const user = userId === undefined ? undefined : await this.#welcome(userId === '' ? localUser.userId : userId);
    if (user === undefined) {
      this.#refused.count(peer);
      throw badCode();
    }
    const { id, name, provider, roles } = user;
    return this.#authority.issue({ userId: id, name, provider, roles });
  }

  /** The account that signs in, while it is active. */
  async #welcome(id: string): Promise<User | undefined> {
    const now = new Date(this.#clock.now()).toISOString();
    return this.#store.change(async (data) => {
      const user = await data.users.find({ id });
      if (user?.status !== 'active') return undefined;
      await data.users.update(id, loginTimes(user, now));
      return user;
    });
  }
}

function badCode(): MesheryError {
  return new MesheryError('meshery-auth-1203', 'The sign-in link is not valid.', {
    probableCause: 'It was used before, or its time is over.',
    remedy: 'Restart the server for a new link, or run "mesheryctl system login".',
  });
}
