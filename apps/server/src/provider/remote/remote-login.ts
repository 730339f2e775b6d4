import { createHash, randomBytes } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { equalSecrets } from '@meshery/security';
import type { ProviderClient } from './provider-client.ts';

const lifeMs = 10 * 60_000;
const mostOpen = 1000;

/** A sign-in that was begun: where the browser goes, and what it brings back as a cookie. */
export interface BegunLogin {
  readonly location: string;
  readonly state: string;
}

interface OpenLogin {
  readonly verifier: string;
  readonly callback: string;
  readonly target: string;
  readonly endsAt: number;
}

/** OAuth 2 with PKCE (RFC 6749, RFC 7636) at a remote provider; the browser that began is the one that may end it. */
export class RemoteLogin {
  readonly #client: ProviderClient;
  readonly #clock: Clock;
  readonly #open = new Map<string, OpenLogin>();

  constructor(client: ProviderClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  begin(callback: string, target: string): BegunLogin {
    const state = randomBytes(32).toString('base64url');
    const verifier = randomBytes(32).toString('base64url');
    const oldest = this.#open.size < mostOpen ? undefined : this.#open.keys().next().value;
    if (oldest !== undefined) this.#open.delete(oldest);
    this.#open.set(state, { verifier, callback, target, endsAt: this.#clock.monotonic() + lifeMs });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'meshery',
      redirect_uri: callback,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return { location: `${this.#client.url}/login?${query.toString()}`, state };
  }

  /** The token of the cookie, and where to go. Rejects with `meshery-auth-1203` and `meshery-provider-2001`. */
  async end(code: string, state: string, kept: string): Promise<{ readonly token: string; readonly target: string }> {
    const open = equalSecrets(state, kept) ? this.#open.get(state) : undefined;
    this.#open.delete(state);
    if (open === undefined || open.endsAt <= this.#clock.monotonic()) throw refused();
    const { verifier, callback, target } = open;
    const body = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback };
    const answer = await this.#client.call('/token', { method: 'POST', body });
    if (answer.status !== 200) throw refused();
    const token = Buffer.from(JSON.stringify(answer.body)).toString('base64').replaceAll('=', '');
    return { token, target };
  }
}

function refused(): MesheryError {
  return new MesheryError('meshery-auth-1203', 'The sign-in could not be completed.', {
    probableCause: 'It took too long, was completed before, or was begun in another browser.',
    remedy: 'Sign in at /provider again.',
  });
}
