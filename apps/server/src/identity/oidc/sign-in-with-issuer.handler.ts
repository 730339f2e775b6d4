import { givenName } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { IdTokenClaims, TokenAuthority } from '@meshery/security';
import type { FederatedAccounts, SignInAttempt, VouchedPerson } from '../../provider/local/federated-accounts.ts';
import { OpenLogins, loginRefused } from '../../sessions/open-logins.ts';
import type { Issuer } from './issuer.ts';
import { groupsOf, roleOf } from './oidc-settings.ts';

/** Parts of a SignInWithIssuerHandler. */
export interface SignInWithIssuerParts {
  readonly issuer: Issuer;
  readonly accounts: FederatedAccounts;
  readonly authority: TokenAuthority;
  readonly clock: Clock;
}

/** What a browser brings back from the issuer, and the state that its cookie kept. */
export interface IssuerAnswer {
  readonly code: string;
  readonly state: string;
  /** Who answers (RFC 9207), where the issuer says so. */
  readonly issuer: string | undefined;
  /** True when the issuer let nobody in. */
  readonly isRefusal: boolean;
  readonly kept: string;
}

/** Signs somebody in whom an OpenID Connect issuer vouches for. Has no context: nobody is signed in yet. */
export class SignInWithIssuerHandler {
  readonly #parts: SignInWithIssuerParts;
  readonly #logins: OpenLogins;

  constructor(parts: SignInWithIssuerParts) {
    this.#parts = parts;
    this.#logins = new OpenLogins(parts.clock);
  }

  /** Where the browser goes, and what it brings back as a cookie. Rejects with `meshery-auth-1208`. */
  async begin(callback: string): Promise<{ readonly location: string; readonly state: string }> {
    const login = this.#logins.begin(callback, '/');
    return { location: await this.#parts.issuer.signInAt(login), state: login.state };
  }

  /**
   * The token of the cookie. Rejects with `meshery-auth-1203` when this browser did not begin it or
   * the issuer refuses, `-1207` when what it says is not valid, `-1208` when it is away, `-1206` for want of a role.
   */
  async end(answer: IssuerAnswer, attempt: SignInAttempt): Promise<string> {
    const { issuer, accounts, authority } = this.#parts;
    const login = this.#logins.end(answer.state, answer.kept);
    const isOther = answer.issuer !== undefined && answer.issuer !== issuer.settings.issuer;
    if (isOther || answer.isRefusal || answer.code === '') throw loginRefused();
    const user = await accounts.welcome(this.#person(await issuer.redeem(answer.code, login)), attempt);
    const { id, name, provider, roles } = user;
    return authority.issue({ userId: id, name, provider, roles });
  }

  #person(claims: IdTokenClaims): VouchedPerson {
    const { settings } = this.#parts.issuer;
    const { sub: subject, preferred_username: username, email, name, given_name: first, family_name: last } = claims;
    const names = [username, name, email, subject].map((one) => givenName.safeParse(one).data);
    return {
      issuer: settings.issuer,
      subject,
      name: names.find((one) => one !== undefined) ?? 'unnamed',
      email: claims.email_verified === false ? '' : textOf(email),
      firstName: textOf(first),
      lastName: textOf(last),
      role: roleOf(claims[settings.groupsClaim], settings),
      groups: groupsOf(claims[settings.groupsClaim]),
    };
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim.slice(0, 256) : '';
}
