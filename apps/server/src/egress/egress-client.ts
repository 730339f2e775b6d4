import type { LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { MesheryError } from '@meshery/errors';
import { reasonOf } from '@meshery/kube';
import { guardedLookup, requireEgress } from '@meshery/security/egress';
import type { EgressRule, ResolveName } from '@meshery/security/egress';

const timeoutMs = 5000;
const maxBytes = 1024 * 1024;
const usualHeaders = { accept: 'application/json', 'user-agent': 'meshery-server' };

/** A request for a user. */
export interface EgressRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A form to post for a user. */
export interface EgressForm extends EgressRequest {
  readonly form: URLSearchParams;
}

/** What was answered, whatever the status. */
export interface EgressAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Calls addresses that users name. The address behind a name is looked at when the connection is made, so that a name
 * that is answered differently the second time gains nothing; redirects are not followed; time and bytes are bounded.
 */
export class EgressClient {
  readonly #rule: EgressRule;
  /** Finds the addresses of a name for a connection that is being made, and refuses a name with one that is not called. */
  readonly lookup: LookupFunction;

  /** `resolve` finds the addresses of names, as `lookup` of node:dns does. */
  constructor(rule: EgressRule, resolve?: ResolveName) {
    this.#rule = rule;
    this.lookup = guardedLookup(rule, resolve);
  }

  /** Rejects with `meshery-connection-1704` for an address that is never called, `1705` for a name that has none. */
  async check(url: string): Promise<void> {
    await this.addressesOf(new URL(url).hostname);
  }

  /** Every address of a host, to be dialled as it is. Rejects as `check` does. */
  async addressesOf(hostname: string): Promise<readonly string[]> {
    const host = bare(hostname);
    if (isIP(host) > 0) {
      requireEgress(host, host, this.#rule);
      return [host];
    }
    return new Promise<readonly string[]>((resolve, reject) => {
      this.lookup(host, { all: true }, (error, addresses) => {
        if (error !== null) reject(error instanceof MesheryError ? error : unreachable(host, reasonOf(error), error));
        else resolve((addresses as LookupAddress[]).map(({ address }) => address));
      });
    });
  }

  /** The first address of a host, to be dialled as it is. Rejects as `check` does. */
  async addressOf(host: string): Promise<string> {
    const [first] = await this.addressesOf(host);
    if (first === undefined) throw unreachable(host, 'the name has no address', undefined);
    return first;
  }

  /** GET. Rejects with `meshery-connection-1704` or `1705`. */
  get(url: string, request: EgressRequest): Promise<EgressAnswer> {
    return this.#exchange(url, request);
  }

  /** POST of a form. Rejects with `meshery-connection-1704` or `1705`. */
  post(url: string, { form, headers, signal }: EgressForm): Promise<EgressAnswer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#exchange(url, { method: 'POST', headers: { ...headers, ...type }, signal, body: form.toString() });
  }

  async #exchange(url: string, request: Exchange): Promise<EgressAnswer> {
    const target = new URL(url);
    const host = bare(target.hostname);
    if (isIP(host) > 0) requireEgress(host, host, this.#rule);
    try {
      return await exchange(target, { ...request, lookup: this.lookup });
    } catch (error) {
      throw error instanceof MesheryError ? error : unreachable(target.host, reasonOf(error), error);
    }
  }
}

interface Exchange extends EgressRequest {
  readonly method?: string;
  readonly body?: string;
}

function exchange(target: URL, given: Exchange & { readonly lookup: LookupFunction }): Promise<EgressAnswer> {
  const { body, ...request } = given;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  const options: RequestOptions = { ...request, signal, headers: { ...usualHeaders, ...request.headers } };
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const call = send(target, { ...options, agent: false }, (response) => {
      readText(response)
        .then(resolve, reject)
        .finally(() => call.destroy());
    });
    call.once('error', reject);
    call.end(body);
  });
}

async function readText(response: IncomingMessage): Promise<EgressAnswer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw new Error('the answer is larger than 1 MiB');
    pieces.push(piece);
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') };
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function unreachable(host: string, reason: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-connection-1705', `${host} cannot be reached (${reason}).`, {
    probableCause: 'The server is stopped, the address is wrong, or a firewall is in the way.',
    remedy: `Check that this server reaches ${host}, then try again.`,
    details: { host, reason },
    cause,
  });
}
