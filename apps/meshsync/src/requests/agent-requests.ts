import { NativeRequests } from './native-requests.ts';
import { PublishedRequests } from './published-requests.ts';
import type { RequestContext } from './request-context.ts';
import { SessionEnd } from './session-table.ts';

/** Longest time sessions wait for a broker that went away, in ms. */
const brokerLostMs = 30_000;

/** Serves what the far side asks of an agent, in both forms. Stop it before the broker is closed. */
export class AgentRequests {
  readonly #context: RequestContext;
  readonly #stop = new AbortController();

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /** Begins to serve; the broker is connected. */
  start(): void {
    const { signal } = this.#stop;
    new PublishedRequests(this.#context).start(signal);
    new NativeRequests(this.#context).start(signal);
    this.#watchBroker(signal);
  }

  /** Ends every session, each with a word to its client; at most two seconds. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#context.sessions.close();
    await this.#context.pods.close();
  }

  #watchBroker(signal: AbortSignal): void {
    const { broker, clock, sessions } = this.#context;
    let back: AbortController | undefined;
    const stopListening = broker.onEvent(({ type }) => {
      if (type === 'connected') {
        back?.abort();
        back = undefined;
      } else if (type === 'disconnected' && back === undefined) {
        back = new AbortController();
        clock.sleep(brokerLostMs, AbortSignal.any([signal, back.signal])).then(
          () => {
            sessions.endAll(new SessionEnd('broker-lost'));
          },
          () => undefined,
        );
      }
    });
    signal.addEventListener('abort', stopListening, { once: true });
  }
}
