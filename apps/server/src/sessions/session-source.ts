import type { PresentedCredential, Session } from '@meshery/security';

/** A session, and the token that takes the place of the presented one when a provider renewed it. */
export interface VerifiedSession extends Session {
  readonly renewedToken?: string;
}

/** What tells whose a token is. */
export interface SessionSource {
  /** The session of a token that was verified just now, without waiting; undefined when `verify` has to decide. */
  recall(token: string): Session | undefined;
  /**
   * The session of a genuine token. Rejects with `meshery-auth-1201` when it is not, or not any more, and with a code
   * of status 503 when nobody can tell now.
   */
  verify(token: string): Promise<VerifiedSession>;
  /** False once a session is known to have ended. */
  isLive(session: Session): boolean;
}

/** The part of a request that carries a session. */
export type SessionCredential = Pick<PresentedCredential, 'token' | 'provider'>;
