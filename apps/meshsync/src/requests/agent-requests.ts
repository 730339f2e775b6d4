import type { Broker, RequestTransport } from '@meshery/messaging';
import { NativeRequests } from './native-requests.ts';
import { PublishedRequests } from './published-requests.ts';
import type { PublishedContext, RequestContext } from './request-context.ts';
import { SessionEnd } from './session-table.ts';

/** Longest time sessions wait for a broker that went away, in ms. */
const brokerLostMs = 30_000;

/** The ways on which requests come. */
export interface AgentRequestWays {
  readonly native: RequestTransport;
  /** Absent without a broker. */
  readonly published?: PublishedContext;
}

/** Serves what the far side asks of an agent, in both forms. Stop it before its connections are closed. */
export class AgentRequests {
  readonly #context: RequestContext;
  readonly #ways: AgentRequestWays;
  readonly #stop = new AbortController();

  constructor(context: RequestContext, ways: AgentRequestWays) {
    this.#context = context;
    this.#ways = ways;
  }

  /** Begins to serve; the broker, if there is one, is connected. */
  start(): void {
    const { signal } = this.#stop;
    const { native, published } = this.#ways;
    new NativeRequests(this.#context, native).start(signal);
    if (published === undefined) return;
    new PublishedRequests(published).start(signal);
    this.#watchBroker(published.broker, signal);
  }

  /** Ends every session, each with a word to its client; at most two seconds. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#context.sessions.close();
    await this.#context.pods.close();
  }

  #watchBroker(broker: Broker, signal: AbortSignal): void {
    const { clock, sessions } = this.#context;
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
