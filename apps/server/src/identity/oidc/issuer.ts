import type { Clock } from '@meshery/observability';
import { IdTokenVerifier, issuerAway } from '@meshery/security';
import type { IdTokenClaims } from '@meshery/security';
import type { EgressAnswer, EgressClient } from '../../egress/egress-client.ts';
import { FreshCache } from '../../sessions/fresh-cache.ts';
import { loginRefused } from '../../sessions/open-logins.ts';
import type { BegunLogin, OpenLogin } from '../../sessions/open-logins.ts';
import { issuerDocument } from './issuer-document.ts';
import type { IssuerDocument } from './issuer-document.ts';
import type { OidcSettings } from './oidc-settings.ts';

const documentLifeMs = 600_000;
const deadlineMs = 10_000;

/** Parts of an Issuer. */
export interface IssuerParts {
  readonly settings: OidcSettings;
  readonly egress: EgressClient;
  readonly clock: Clock;
}

interface Known {
  readonly document: IssuerDocument;
  readonly verifier: IdTokenVerifier;
}

/**
 * An OpenID Connect issuer as its client: authorization code with PKCE. Asked only when somebody signs in; what it says
 * of itself counts for ten minutes. Every call rejects with `meshery-auth-1208` when it does not answer as it should.
 */
export class Issuer {
  readonly settings: OidcSettings;
  readonly #parts: IssuerParts;
  readonly #known: FreshCache<Known>;

  constructor(parts: IssuerParts) {
    this.#parts = parts;
    this.settings = parts.settings;
    this.#known = new FreshCache({
      clock: parts.clock,
      freshMs: documentLifeMs,
      read: (issuer) => this.#discover(issuer),
    });
  }

  /** Where the browser goes to sign in. */
  async signInAt({ query, nonce }: BegunLogin): Promise<string> {
    const { clientId, scopes } = this.settings;
    const { document } = await this.#get();
    const parameters = { ...query, client_id: clientId, scope: scopes.join(' '), nonce };
    return withQuery(document.authorization_endpoint, parameters);
  }

  /** Where the browser ends its session with the issuer; undefined when it offers none. */
  async signOutAt(returnTo: string): Promise<string | undefined> {
    const { document } = await this.#get();
    const parameters = { client_id: this.settings.clientId, post_logout_redirect_uri: returnTo };
    const address = document.end_session_endpoint;
    return address === undefined ? undefined : withQuery(address, parameters);
  }

  /** Whom a code stands for. Rejects with `meshery-auth-1203` for a code that is refused, `-1207` for an ID token. */
  async redeem(code: string, { verifier, nonce, callback }: OpenLogin): Promise<IdTokenClaims> {
    const known = await this.#get();
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: verifier,
    });
    const headers = this.#authenticate(form, known.document);
    const answer = await this.#ask(() =>
      this.#parts.egress.post(known.document.token_endpoint, { form, headers, signal: deadline() }),
    );
    if (answer.status >= 400 && answer.status < 500) throw loginRefused();
    const { id_token: token } = this.#json(answer) as { readonly id_token?: unknown };
    if (typeof token !== 'string') throw this.#away('its answer has no ID token');
    return known.verifier.verify(token, nonce);
  }

  /** Adds what proves the client: a header where the issuer takes one, else fields of the form. */
  #authenticate(form: URLSearchParams, document: IssuerDocument): Record<string, string> {
    const { clientId, clientSecret } = this.settings;
    const methods = document.token_endpoint_auth_methods_supported;
    if (
      clientSecret !== undefined &&
      (methods.includes('client_secret_basic') || !methods.includes('client_secret_post'))
    ) {
      const pair = [clientId, clientSecret].map((part) =>
        new URLSearchParams({ part }).toString().slice('part='.length),
      );
      return { authorization: `Basic ${Buffer.from(pair.join(':')).toString('base64')}` };
    }
    form.set('client_id', clientId);
    if (clientSecret !== undefined) form.set('client_secret', clientSecret);
    return {};
  }

  #get(): Promise<Known> {
    return this.#known.get(this.settings.issuer);
  }

  async #discover(issuer: string): Promise<Known> {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const read = issuerDocument.safeParse(this.#json(await this.#ask(() => this.#load(url, deadline()))));
    if (!read.success)
      throw this.#away(`its discovery document is malformed: ${String(read.error.issues[0]?.path[0])}`);
    const document = read.data;
    if (document.issuer !== issuer) throw this.#away(`it calls itself ${document.issuer}`);
    const load = async (address: string, signal: AbortSignal): Promise<string> =>
      this.#text(await this.#ask(() => this.#load(address, signal)));
    const { clientId } = this.settings;
    const { clock } = this.#parts;
    return { document, verifier: new IdTokenVerifier({ issuer, clientId, keysUrl: document.jwks_uri, load, clock }) };
  }

  #load(url: string, signal: AbortSignal): Promise<EgressAnswer> {
    return this.#parts.egress.get(url, { signal });
  }

  async #ask(call: () => Promise<EgressAnswer>): Promise<EgressAnswer> {
    try {
      return await call();
    } catch (error) {
      throw this.#away(error instanceof Error ? error.message : 'no answer');
    }
  }

  #json(answer: EgressAnswer): unknown {
    const text = this.#text(answer);
    try {
      return JSON.parse(text);
    } catch {
      throw this.#away('its answer is not JSON');
    }
  }

  #text({ status, text }: EgressAnswer): string {
    if (status !== 200) throw this.#away(`it answers with status ${String(status)}`);
    return text;
  }

  #away(reason: string) {
    return issuerAway(this.settings.issuer, reason);
  }
}

function deadline(): AbortSignal {
  return AbortSignal.timeout(deadlineMs);
}

function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
