import { MesheryError } from '@meshery/errors';
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
    if (remote === undefined) await this.#authority.revoke(session);
    else await remote.sessions.end(session).catch((error: unknown) => leftUntold(ctx, error));
    ctx.logger.info({}, 'signed out');
    return remote === undefined ? this.#oidc.signOutAt(ctx, page) : undefined;
  }
}

/** The session has ended here whether or not its provider could be told, and nobody has its token any more. */
function leftUntold(ctx: RequestContext, error: unknown): void {
  if (!(error instanceof MesheryError) || error.code !== 'meshery-provider-2001') throw error;
  ctx.logger.warn({ code: error.code, provider: ctx.user.provider }, 'the provider could not be told of a sign-out');
}
