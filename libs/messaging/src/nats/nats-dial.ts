import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { brokerUnreachable, unanswered } from '../broker-errors.ts';
import { parseNatsAddress } from './nats-address.ts';
import { loginOf } from './nats-credentials.ts';
import { connectError } from './nats-errors.ts';
import { connectOptions } from './nats-options.ts';
import type { NatsBrokerOptions } from './nats-options.ts';

/** A message, and what is to come back for it. */
export interface NatsExchange {
  readonly subject: string;
  readonly data: string;
  /** Where the answer comes. */
  readonly answerOn: string;
  readonly accepts: (data: Uint8Array) => boolean;
  readonly timeoutMs: number;
}

/** One connection to one server of NATS, made once and not kept up. Close it when done. */
export class NatsDial {
  readonly #connection: NatsConnection;

  private constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  /**
   * Tries once, and only the server that is named: others that it speaks of are not dialled. Rejects with
   * `meshery-messaging-1506` for the credentials, `1507` for TLS, else `1500`.
   */
  static async open(options: Omit<NatsBrokerOptions, 'reconnectMs'>): Promise<NatsDial> {
    const login = loginOf(options.token?.() ?? '');
    const usual = connectOptions(options, parseNatsAddress(options.url), () => login);
    try {
      return new NatsDial(await connect({ ...usual, reconnect: false, ignoreClusterUpdates: true }));
    } catch (error) {
      throw connectError(error);
    }
  }

  /** Version of the server, in its own words. */
  get version(): string {
    return this.#connection.info?.version ?? '';
  }

  /** Sends a message and waits for its answer. Rejects with `meshery-messaging-1504` when there is none in time. */
  async exchange({ subject, data, answerOn, accepts, timeoutMs }: NatsExchange): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const subscription = this.#connection.subscribe(answerOn, {
      callback: (error, message) => {
        if (error !== null) reject(unanswered(subject, error));
        else if (accepts(message.data)) resolve(undefined);
      },
    });
    const timer = setTimeout(() => {
      reject(unanswered(subject));
    }, timeoutMs);
    try {
      this.#connection.publish(subject, data);
      void this.#connection.closed().then((error) => {
        reject(brokerUnreachable('the connection was closed', error));
      });
      await promise;
    } finally {
      clearTimeout(timer);
      subscription.unsubscribe();
    }
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
