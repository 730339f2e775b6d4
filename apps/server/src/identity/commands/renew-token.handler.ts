import type { RequestContext } from '@meshery/observability';
import { authFile } from '@meshery/security';
import type { AuthFile, TokenAuthority } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { TOKEN_AUTHORITY } from '../../tokens.ts';

/** Issues a new token to whoever has a valid one; the old one stays good until its end. */
@Injectable()
export class RenewTokenHandler {
  readonly #authority: TokenAuthority;

  constructor(@Inject(TOKEN_AUTHORITY) authority: TokenAuthority) {
    this.#authority = authority;
  }

  async handle(ctx: RequestContext): Promise<AuthFile> {
    return authFile(await this.#authority.issue(ctx.user));
  }
}
