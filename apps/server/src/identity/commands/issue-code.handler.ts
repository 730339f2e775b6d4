import type { RequestContext } from '@meshery/observability';
import type { SignInCodes } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import { SIGN_IN_CODES } from '../../tokens.ts';

/** Makes a sign-in link for somebody who is signed in elsewhere, such as in a terminal. */
@Injectable()
export class IssueCodeHandler {
  readonly #codes: SignInCodes;

  constructor(@Inject(SIGN_IN_CODES) codes: SignInCodes) {
    this.#codes = codes;
  }

  handle(ctx: RequestContext): { readonly path: string } {
    ctx.logger.info({}, 'sign-in code issued');
    return { path: `/auth/local?code=${this.#codes.issue()}` };
  }
}
