import type { RequestContext } from '@meshery/observability';
import { authFile } from '@meshery/security';
import type { AuthFile, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { Remotes } from '../../provider/remote/remote.ts';
import { TOKEN_AUTHORITY } from '../../tokens.ts';

/**
 * Issues a new token to whoever has a valid one; the old one stays good until its end. Tokens of a remote provider are
 * renewed when they end, so that the newest one is answered.
 */
@Injectable()
export class RenewTokenHandler {
  readonly #authority: TokenAuthority;
  readonly #remotes: Remotes;

  constructor(@Inject(TOKEN_AUTHORITY) authority: TokenAuthority, @Inject(Remotes) remotes: Remotes) {
    this.#authority = authority;
    this.#remotes = remotes;
  }

  async handle(ctx: RequestContext): Promise<AuthFile> {
    const remote = this.#remotes.find(ctx.user.provider);
    if (remote !== undefined) return authFile(remote.sessions.tokenOf(ctx.user), remote.key);
    return authFile(await this.#authority.issue(ctx.user));
  }
}
