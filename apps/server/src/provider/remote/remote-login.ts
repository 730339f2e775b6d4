import type { Clock } from '@meshery/observability';
import { OpenLogins, loginRefused } from '../../sessions/open-logins.ts';
import type { ProviderClient } from './provider-client.ts';

/** OAuth 2 with PKCE (RFC 6749, RFC 7636) at a remote provider; the browser that began is the one that may end it. */
export class RemoteLogin {
  readonly #client: ProviderClient;
  readonly #logins: OpenLogins;

  constructor(client: ProviderClient, clock: Clock) {
    this.#client = client;
    this.#logins = new OpenLogins(clock);
  }

  /** Where the browser goes, and what it brings back as a cookie. */
  begin(callback: string, target: string): { readonly location: string; readonly state: string } {
    const { state, query } = this.#logins.begin(callback, target);
    const parameters = new URLSearchParams({ client_id: 'meshery', ...query });
    return { location: `${this.#client.url}/login?${parameters.toString()}`, state };
  }

  /** The token of the cookie, and where to go. Rejects with `meshery-auth-1203` and `meshery-provider-2001`. */
  async end(code: string, state: string, kept: string): Promise<{ readonly token: string; readonly target: string }> {
    const { verifier, callback, target } = this.#logins.end(state, kept);
    const body = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback };
    const answer = await this.#client.call('/token', { method: 'POST', body });
    if (answer.status !== 200) throw loginRefused();
    const token = Buffer.from(JSON.stringify(answer.body)).toString('base64').replaceAll('=', '');
    return { token, target };
  }
}
