import { isMesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { Broker, BrokerMessage } from '@meshery/messaging';

const retryMs = 200;

/** Sends the messages of sessions to one place. */
export class BrokerSender {
  readonly #broker: Broker;
  readonly #clock: Clock;
  readonly #publish: (text: string) => unknown;

  private constructor(broker: Broker, clock: Clock, publish: (text: string) => unknown) {
    this.#broker = broker;
    this.#clock = clock;
    this.#publish = publish;
  }

  /** To a subject. */
  static to(subject: string, broker: Broker, clock: Clock): BrokerSender {
    return new BrokerSender(broker, clock, (text) => {
      broker.publish(subject, text);
    });
  }

  /** To whoever sent a request; any number of answers. */
  static answering(message: BrokerMessage, broker: Broker, clock: Clock): BrokerSender {
    return new BrokerSender(broker, clock, (text) => message.respond(text));
  }

  /** Resolves when the broker has the message, so that a session never has more than one in memory; waits while it is away. */
  async send(text: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      try {
        if (this.#tryPublish(text)) {
          await this.#broker.flush();
          return;
        }
      } catch (error) {
        if (!isAway(error)) throw error;
      }
      await this.#clock.sleep(retryMs, signal);
    }
  }

  /** The last word: nobody waits for it, and it is lost when the broker is away. */
  sendLast(text: string): void {
    try {
      this.#tryPublish(text);
    } catch (error) {
      if (!isAway(error)) throw error;
    }
  }

  #tryPublish(text: string): boolean {
    const { connected } = this.#broker.status();
    if (connected) this.#publish(text);
    return connected;
  }
}

function isAway(error: unknown): boolean {
  return isMesheryError(error) && error.code === 'meshery-messaging-1500';
}
