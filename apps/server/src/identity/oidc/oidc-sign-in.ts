import { MesheryError, toMesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { FederatedAccounts } from '../../provider/local/federated-accounts.ts';
import type { Issuer } from './issuer.ts';
import type { SignInWithIssuerHandler } from './sign-in-with-issuer.handler.ts';

/** What sign-in with an issuer is made of. */
export interface OidcSignInParts {
  readonly issuer: Issuer;
  readonly accounts: FederatedAccounts;
  readonly handler: SignInWithIssuerHandler;
}

/** Sign-in with the issuer of this server, when it has one. */
export class OidcSignIn {
  readonly #parts: OidcSignInParts | undefined;

  constructor(parts?: OidcSignInParts) {
    this.#parts = parts;
  }

  /** Throws `meshery-core-1002` without an issuer. */
  get required(): SignInWithIssuerHandler {
    if (this.#parts !== undefined) return this.#parts.handler;
    throw new MesheryError('meshery-core-1002', 'This server has no OpenID Connect issuer.', {
      probableCause: 'It was started without one.',
      remedy: 'Sign in at /provider another way, or set MESHERY_OIDC_ISSUER.',
    });
  }

  /**
   * Where the browser of a user ends its session with the issuer; undefined for a user of another kind, and when the
   * issuer offers none or is away: signing out here never fails for its sake.
   */
  async signOutAt(ctx: RequestContext, returnTo: string): Promise<string | undefined> {
    if (this.#parts === undefined || !(await this.#parts.accounts.has(ctx.user.userId))) return undefined;
    try {
      return await this.#parts.issuer.signOutAt(returnTo);
    } catch (error) {
      const { code, message, details } = toMesheryError(error);
      ctx.logger.warn({ code, details }, message);
      return undefined;
    }
  }
}
