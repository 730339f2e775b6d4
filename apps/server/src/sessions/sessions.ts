import { isLocalProvider, localProviderName, noIdentity } from '@meshery/security';
import type { Session } from '@meshery/security';
import type { CertificateSource, SessionCredential, SessionSource, VerifiedSession } from './session-source.ts';

/** Who vouches for the users of a server. */
export interface SessionsParts {
  readonly sources: ReadonlyMap<string, SessionSource>;
  /** Undefined where certificates let nobody in. */
  readonly certificates: CertificateSource | undefined;
  /** The provider of whoever names none; the Local one unless told. */
  readonly usual?: string | undefined;
}

/** The one verifier of all transports: asks the provider that a request names, the usual one unless it names any. */
export class Sessions {
  readonly #sources: ReadonlyMap<string, SessionSource>;
  readonly #certificates: CertificateSource | undefined;
  readonly #usual: string;

  /** Takes the sources by the registration key of their provider; nobody else's tokens and certificates count. */
  constructor({ sources, certificates, usual = localProviderName }: SessionsParts) {
    this.#sources = sources;
    this.#certificates = certificates;
    this.#usual = usual;
  }

  /** The session of a token that was verified just now, without waiting; undefined when `verify` has to decide. */
  recall({ token, provider, certificate, connection }: SessionCredential): Session | undefined {
    if (certificate !== undefined) return this.#certificates?.recallCertificate(certificate);
    return token === '' ? undefined : this.#sourceOf(provider)?.recall(token, connection);
  }

  /** Rejects with `meshery-auth-1200` (nothing presented, or of nobody known here) and as `SessionSource.verify` does. */
  async verify({ token, provider, certificate }: SessionCredential): Promise<VerifiedSession> {
    if (certificate !== undefined && this.#certificates !== undefined)
      return this.#certificates.verifyCertificate(certificate);
    const source = token === '' ? undefined : this.#sourceOf(provider);
    if (source === undefined) throw noIdentity();
    return source.verify(token);
  }

  /** False once a session is known to have ended; for answers that stream. */
  isLive(session: Session): boolean {
    return this.#sourceOf(session.identity.provider)?.isLive(session) ?? false;
  }

  #sourceOf(provider: string | undefined): SessionSource | undefined {
    const named = provider === undefined || provider === '' ? this.#usual : provider;
    return this.#sources.get(isLocalProvider(named) ? localProviderName : named);
  }
}
