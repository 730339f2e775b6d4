import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Mismatch, expect } from './mismatch.ts';
import type { Answer, ProviderApi } from './provider-api.ts';
import { tokensOf } from './tokens.ts';
import type { Tokens } from './tokens.ts';

const waitMs = 120_000;
const path = '/api/user/token';

/** Sees to it that somebody signs in at an address; rejects with a Mismatch when that is known to have failed. */
export type Lead = (address: string, signal: AbortSignal) => Promise<void>;

/** How somebody signs in. */
export interface SignInOptions {
  readonly lead: Lead;
  /** 0 for any that is free. */
  readonly callbackPort: number;
}

/** A code, and what it takes to trade it. */
export interface Grant {
  readonly code: string;
  readonly verifier: string;
  readonly callback: string;
  readonly hasState: boolean;
}

/** Signs in as a server does: OAuth 2 with PKCE, back to an address on this machine. */
export class SignIn {
  readonly #api: ProviderApi;
  readonly #options: SignInOptions;

  constructor(api: ProviderApi, options: SignInOptions) {
    this.#api = api;
    this.#options = options;
  }

  /** A code for whoever signs in. Rejects with a Mismatch. */
  async grant(): Promise<Grant> {
    const server = createServer();
    const state = randomSecret();
    const verifier = randomSecret();
    const deadline = AbortSignal.timeout(waitMs);
    try {
      server.listen(this.#options.callbackPort, '127.0.0.1');
      await once(server, 'listening');
      const callback = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`;
      const address = `${this.#api.url}/login?${loginQuery(callback, state, verifier).toString()}`;
      const query = await Promise.race([called(server, deadline), failed(this.#options.lead(address, deadline))]);
      return { code: query.get('code') ?? '', verifier, callback, hasState: query.get('state') === state };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  /** Trades a code. */
  redeem({ code, callback }: Grant, verifier: string): Promise<Answer> {
    const body = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback };
    return this.#api.send('POST', '/token', { body });
  }

  /** Tokens of a new session. Rejects with a Mismatch. */
  async session(): Promise<Tokens> {
    const grant = await this.grant();
    const { status, body } = await this.redeem(grant, grant.verifier);
    expect(status === 200, `a sign-in gave status ${String(status)} at POST /token`);
    return tokensOf(body);
  }
}

/** What an authorization request asks (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export function loginQuery(callback: string, state: string, verifier: string): URLSearchParams {
  return new URLSearchParams({
    response_type: 'code',
    client_id: 'meshery',
    redirect_uri: callback,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
}

/** A verifier or state that nobody guesses. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function called(server: Server, deadline: AbortSignal): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      response.writeHead(url.pathname === path ? 200 : 404, { 'content-type': 'text/plain' });
      response.end('Signed in: go back to the check.\n');
      if (url.pathname === path) resolve(url.searchParams);
    });
    deadline.addEventListener('abort', () => {
      reject(new Mismatch(`nobody came back to the callback within ${String(waitMs / 1000)} s`));
    });
  });
}

/** Ends only when it fails: what comes of a sign-in comes to the callback. */
async function failed(led: Promise<void>): Promise<never> {
  await led;
  return new Promise(() => undefined);
}
