import type { PresentedCredential, Session } from '@meshery/security';

/** A session, and the token that takes the place of the presented one when a provider renewed it. */
export interface VerifiedSession extends Session {
  readonly renewedToken?: string;
}

/** What tells whose a token is. */
export interface SessionSource {
  /** The session of a token that was verified just now, without waiting; undefined when `verify` has to decide. */
  recall(token: string, connection?: object): Session | undefined;
  /**
   * The session of a genuine token. Rejects with `meshery-auth-1201` when it is not, or not any more, and with a code
   * of status 503 when nobody can tell now.
   */
  verify(token: string): Promise<VerifiedSession>;
  /** False once a session is known to have ended. */
  isLive(session: Session): boolean;
}

/** What tells on whose behalf the holder of a client certificate works. */
export interface CertificateSource {
  recallCertificate(certificate: ClientCertificate): Session | undefined;
  /** Rejects with `meshery-auth-1201` for a certificate that is not registered, or not any more. */
  verifyCertificate(certificate: ClientCertificate): Promise<Session>;
}

/** A client certificate that TLS verified. */
export interface ClientCertificate {
  /** SHA-256 in hex, with or without colons. */
  readonly fingerprint: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** The part of a request that carries a session; a certificate counts where there is no token. */
export interface SessionCredential extends Pick<PresentedCredential, 'token' | 'provider'> {
  readonly certificate?: ClientCertificate | undefined;
  /** What it came over, where that stays open for more. */
  readonly connection?: object;
}
