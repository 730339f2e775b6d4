import type { Logger } from '@meshery/observability';
import { credentialsUnreadable } from '../broker-errors.ts';
import type { NatsAddress } from './nats-address.ts';
import { textOf } from './nats-errors.ts';

/** What a client shows the server, in the words of the protocol; undefined when it has nothing to show. */
export type NatsLogin = { readonly auth_token: string } | { readonly user: string; readonly pass: string } | undefined;

/** The credentials of one broker, read anew for each attempt to connect, so that they can be rotated. */
export class NatsCredentials {
  readonly #read: () => NatsLogin;
  readonly #logger: Logger;
  #last: NatsLogin;

  /** `token` wins over what the address holds. */
  constructor(token: (() => string) | undefined, address: NatsAddress, logger: Logger) {
    this.#read = token === undefined ? () => ofAddress(address) : () => loginOf(token());
    this.#logger = logger;
  }

  /** Throws `meshery-messaging-1506` when they cannot be read. */
  refresh(): void {
    try {
      this.#last = this.#read();
    } catch (error) {
      throw credentialsUnreadable(textOf(error), error);
    }
  }

  /** The newest that can be read; never throws: that would end the client for good. */
  current(): NatsLogin {
    try {
      this.refresh();
    } catch (error) {
      this.#logger.warn({ err: error }, 'the credentials of the broker cannot be read, the last ones are used');
    }
    return this.#last;
  }
}

function ofAddress({ token, user, password = '' }: NatsAddress): NatsLogin {
  if (user !== undefined) return { user, pass: password };
  return token === undefined ? undefined : { auth_token: token };
}

/** Reads "USER:PASSWORD", or a token. */
export function loginOf(given: string): NatsLogin {
  const text = given.trim();
  const colon = text.indexOf(':');
  if (colon > 0) return { user: text.slice(0, colon), pass: text.slice(colon + 1) };
  return text === '' ? undefined : { auth_token: text };
}
