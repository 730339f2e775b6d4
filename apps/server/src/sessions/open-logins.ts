import { createHash, randomBytes } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { equalSecrets } from '@meshery/security';

const lifeMs = 10 * 60_000;
const mostOpen = 1000;

/** A sign-in elsewhere that a browser began. */
export interface OpenLogin {
  /** What only this server knows of it (RFC 7636). */
  readonly verifier: string;
  /** What an ID token of it names. */
  readonly nonce: string;
  /** The address that the browser comes back to. */
  readonly callback: string;
  /** Where it goes afterwards. */
  readonly target: string;
}

/** A sign-in that was begun: what the browser takes along, and what it brings back as a cookie. */
export interface BegunLogin extends OpenLogin {
  readonly state: string;
  /** Parameters of the authorization request (RFC 6749, RFC 7636). */
  readonly query: Readonly<Record<string, string>>;
}

/** Sign-ins with PKCE that are under way elsewhere; the browser that began one is the one that may end it. */
export class OpenLogins {
  readonly #clock: Clock;
  readonly #open = new Map<string, OpenLogin & { readonly endsAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(callback: string, target: string): BegunLogin {
    const state = secret();
    const login = { verifier: secret(), nonce: secret(), callback, target };
    const oldest = this.#open.size < mostOpen ? undefined : this.#open.keys().next().value;
    if (oldest !== undefined) this.#open.delete(oldest);
    this.#open.set(state, { ...login, endsAt: this.#clock.monotonic() + lifeMs });
    const query = {
      response_type: 'code',
      redirect_uri: callback,
      state,
      code_challenge: createHash('sha256').update(login.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    return { ...login, state, query };
  }

  /** The sign-in of a state, once. Throws `meshery-auth-1203` unless the browser kept the same state. */
  end(state: string, kept: string): OpenLogin {
    const open = equalSecrets(state, kept) ? this.#open.get(state) : undefined;
    this.#open.delete(state);
    if (open === undefined || open.endsAt <= this.#clock.monotonic()) throw loginRefused();
    return open;
  }
}

/** The error of a sign-in elsewhere that does not come to its end. */
export function loginRefused(): MesheryError {
  return new MesheryError('meshery-auth-1203', 'The sign-in could not be completed.', {
    probableCause: 'It took too long, was completed before, or was begun in another browser.',
    remedy: 'Sign in at /provider again.',
  });
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
