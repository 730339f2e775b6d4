import type { RequestContext } from '@meshery/observability';
import type { Session, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { Remotes } from '../../provider/remote/remote.ts';
import { TOKEN_AUTHORITY } from '../../tokens.ts';

/** Ends the session of a request for good; other sessions of the user go on. */
@Injectable()
export class SignOutHandler {
  readonly #authority: TokenAuthority;
  readonly #remotes: Remotes;

  constructor(@Inject(TOKEN_AUTHORITY) authority: TokenAuthority, @Inject(Remotes) remotes: Remotes) {
    this.#remotes = remotes;
    this.#authority = authority;
  }

  async handle(ctx: RequestContext, session: Session): Promise<void> {
    const remote = this.#remotes.find(session.identity.provider);
    await (remote === undefined ? this.#authority.revoke(session) : remote.sessions.end(session));
    ctx.logger.info({}, 'signed out');
  }
}
