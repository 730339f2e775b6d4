import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Claims = Readonly<Record<string, unknown>>;

/** What is wrong with the next ID token. */
export interface IdTokenFault {
  /** In place of the right claims; undefined removes one. */
  readonly claims?: Claims;
  readonly header?: Claims;
  /** `secret`: an HMAC keyed with the public key; `stranger`: a key that is not published. */
  readonly signer?: 'none' | 'secret' | 'stranger' | 'elliptic';
}

interface OpenCode {
  readonly challenge: string;
  readonly callback: string;
  readonly nonce: string;
}

/**
 * An OpenID Connect issuer over HTTP whose one user is signed in already: discovery, authorization code with PKCE
 * (S256 is required), keys and end of session. It shares no code with what verifies its tokens.
 */
export class ScriptedIssuer {
  static readonly clientId = 'meshery-under-test';
  static readonly clientSecret = 'a secret: of + both';
  readonly url: string;
  /** Claims of whoever signs in. */
  person: Claims = { sub: 'ada-1', preferred_username: 'ada', groups: ['operators'] };
  /** Of the next ID token. */
  fault: IdTokenFault = {};
  /** Answers everything with this status. */
  outage: number | undefined;
  /** What is told of itself in place of the truth. */
  document: Claims = {};
  /** Keys that are published besides the true ones, before them. */
  moreKeys: readonly Claims[] = [];
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #codes = new Map<string, OpenCode>();
  readonly #keys = { RS256: rsaKey(), ES256: ellipticKey(), stranger: rsaKey() };

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  static async start(): Promise<ScriptedIssuer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ScriptedIssuer(server);
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.asked.push(url.pathname);
    const body = new URLSearchParams(await readBody(request));
    if (this.outage !== undefined) send(response, this.outage, { error: 'temporarily_unavailable' });
    else if (url.pathname === '/.well-known/openid-configuration') send(response, 200, this.#discovery());
    else if (url.pathname === '/keys')
      send(response, 200, { keys: [...this.moreKeys, this.#jwk('RS256'), this.#jwk('ES256')] });
    else if (url.pathname === '/authorize') this.#authorize(url.searchParams, response);
    else if (url.pathname === '/token') this.#trade(body, request, response);
    else if (url.pathname === '/logout') redirect(response, url.searchParams.get('post_logout_redirect_uri') ?? '/');
    else send(response, 404, {});
  }

  #discovery(): Claims {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      end_session_endpoint: `${this.url}/logout`,
      ...this.document,
    };
  }

  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const of = (name: string): string => query.get(name) ?? '';
    const isWhole =
      of('response_type') === 'code' &&
      of('client_id') === ScriptedIssuer.clientId &&
      of('scope').split(' ').includes('openid') &&
      of('code_challenge_method') === 'S256' &&
      [of('code_challenge'), of('state'), of('nonce')].every((value) => value.length >= 43);
    if (!isWhole) {
      send(response, 400, { error: 'invalid_request' });
      return;
    }
    const code = randomUUID();
    this.#codes.set(code, { challenge: of('code_challenge'), callback: of('redirect_uri'), nonce: of('nonce') });
    const back = new URL(of('redirect_uri'));
    for (const [name, value] of Object.entries({ code, state: of('state'), iss: this.url })) {
      back.searchParams.set(name, value);
    }
    redirect(response, back.href);
  }

  #trade(form: URLSearchParams, { headers }: IncomingMessage, response: ServerResponse): void {
    const code = form.get('code') ?? '';
    const open = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      open !== undefined &&
      open.callback === form.get('redirect_uri') &&
      open.challenge === challenge &&
      form.get('grant_type') === 'authorization_code' &&
      headers['content-type'] === 'application/x-www-form-urlencoded';
    if (headers.authorization !== basicCredentials()) send(response, 401, { error: 'invalid_client' });
    else if (!isGood) send(response, 400, { error: 'invalid_grant' });
    else send(response, 200, { access_token: randomUUID(), token_type: 'Bearer', id_token: this.#idToken(open.nonce) });
  }

  #idToken(nonce: string): string {
    const { claims = {}, header = {}, signer } = this.fault;
    this.fault = {};
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 300 };
    const right = { iss: this.url, aud: ScriptedIssuer.clientId, nonce, ...times, ...this.person };
    const alg =
      signer === 'elliptic' ? 'ES256' : { none: 'none', secret: 'HS256', stranger: 'RS256' }[signer ?? 'stranger'];
    const head = { alg, kid: signer === 'elliptic' ? 'ES256' : 'RS256', typ: 'JWT', ...header };
    const content = [head, { ...right, ...claims }].map((part) => encode(JSON.stringify(part))).join('.');
    return `${content}.${this.#signature(content, signer)}`;
  }

  #signature(content: string, signer: IdTokenFault['signer']): string {
    const data = Buffer.from(content);
    if (signer === 'none') return '';
    if (signer === 'secret') {
      const pem = this.#keys.RS256.publicKey.export({ type: 'spki', format: 'pem' });
      return createHmac('sha256', pem).update(data).digest('base64url');
    }
    if (signer === 'elliptic') {
      return sign('sha256', data, { key: this.#keys.ES256.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      );
    }
    return sign('sha256', data, this.#keys[signer ?? 'RS256'].privateKey).toString('base64url');
  }

  #jwk(name: 'RS256' | 'ES256'): JsonWebKey {
    return { ...this.#keys[name].publicKey.export({ format: 'jwk' }), kid: name, alg: name, use: 'sig' };
  }
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function rsaKey(): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function ellipticKey(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Both parts are encoded as in a form (RFC 6749, 2.3.1). */
function basicCredentials(): string {
  const form = new URLSearchParams({ [ScriptedIssuer.clientId]: ScriptedIssuer.clientSecret });
  return `Basic ${Buffer.from(form.toString().replace('=', ':')).toString('base64')}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}
