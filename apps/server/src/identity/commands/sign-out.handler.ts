import type { RequestContext } from '@meshery/observability';
import type { Session, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { Remotes } from '../../provider/remote/remote.ts';
import { OidcSignIn } from '../oidc/oidc-sign-in.ts';
import { TOKEN_AUTHORITY } from '../../tokens.ts';

/** Ends the session of a request for good; other sessions of the user go on. */
@Injectable()
export class SignOutHandler {
  readonly #authority: TokenAuthority;
  readonly #remotes: Remotes;
  readonly #oidc: OidcSignIn;

  constructor(
    @Inject(TOKEN_AUTHORITY) authority: TokenAuthority,
    @Inject(Remotes) remotes: Remotes,
    @Inject(OidcSignIn) oidc: OidcSignIn,
  ) {
    this.#remotes = remotes;
    this.#authority = authority;
    this.#oidc = oidc;
  }

  /** Where the browser ends its session with the issuer that vouched for the user, before it goes to the given page. */
  async handle(ctx: RequestContext, session: Session, page: string): Promise<string | undefined> {
    const remote = this.#remotes.find(session.identity.provider);
    await (remote === undefined ? this.#authority.revoke(session) : remote.sessions.end(session));
    ctx.logger.info({}, 'signed out');
    return remote === undefined ? this.#oidc.signOutAt(ctx, page) : undefined;
  }
}
