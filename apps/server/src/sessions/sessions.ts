import { isLocalProvider, localProviderName, noIdentity } from '@meshery/security';
import type { Session } from '@meshery/security';
import type { SessionCredential, SessionSource, VerifiedSession } from './session-source.ts';

/** The one verifier of all transports: asks the provider that a request names, the Local one unless it names any. */
export class Sessions {
  readonly #sources: ReadonlyMap<string, SessionSource>;

  /** Takes the sources by the registration key of their provider. */
  constructor(sources: ReadonlyMap<string, SessionSource>) {
    this.#sources = sources;
  }

  /** The session of a token that was verified just now, without waiting; undefined when `verify` has to decide. */
  recall({ token, provider }: SessionCredential): Session | undefined {
    return token === '' ? undefined : this.#sourceOf(provider)?.recall(token);
  }

  /** Rejects with `meshery-auth-1200` (no token, or of nobody known here) and as `SessionSource.verify` does. */
  async verify({ token, provider }: SessionCredential): Promise<VerifiedSession> {
    const source = token === '' ? undefined : this.#sourceOf(provider);
    if (source === undefined) throw noIdentity();
    return source.verify(token);
  }

  /** False once a session is known to have ended; for answers that stream. */
  isLive(session: Session): boolean {
    return this.#sourceOf(session.identity.provider)?.isLive(session) ?? false;
  }

  #sourceOf(provider: string | undefined): SessionSource | undefined {
    return this.#sources.get(isLocalProvider(provider) ? localProviderName : (provider ?? ''));
  }
}
