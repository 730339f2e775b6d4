import type { RequestContext } from '@meshery/observability';
import type { Session, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { TOKEN_AUTHORITY } from '../../tokens.ts';

/** Ends the session of a request for good; other sessions of the user go on. */
@Injectable()
export class SignOutHandler {
  readonly #authority: TokenAuthority;

  constructor(@Inject(TOKEN_AUTHORITY) authority: TokenAuthority) {
    this.#authority = authority;
  }

  async handle(ctx: RequestContext, session: Session): Promise<void> {
    await this.#authority.revoke(session);
    ctx.logger.info({}, 'signed out');
  }
}
