import { parseAgentAnswer, requestSubject } from '@meshery/contracts';
import type { Broker, IncomingRequest, RequestTransport } from '@meshery/messaging';
import type { Clock, Logger } from '@meshery/observability';
import { agentAbsent, linkEnded, sessionGone } from './relay-faults.ts';
import { RelayedRequest } from './relayed-request.ts';

/** What a RequestRelay needs. */
export interface RequestRelayDeps {
  readonly broker: Broker;
  /** Where requests of the server come from. */
  readonly server: RequestTransport;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Time between two looks at whether relayed sessions still exist, in ms. */
const lookEveryMs = 15_000;
/** Longest wait for the list of sessions, in ms. */
const listMs = 5000;

/** Relays native requests of the server to the agent on a broker. */
export class RequestRelay {
  readonly #deps: RequestRelayDeps;
  readonly #open = new Set<RelayedRequest>();
  #served = false;
  #looking = false;

  constructor(deps: RequestRelayDeps) {
    this.#deps = deps;
  }

  /** True from the first call of `serve` on. */
  get serves(): boolean {
    return this.#served;
  }

  /** Serves the cluster, from the first call on until the signal aborts. */
  serve(clusterId: string, signal: AbortSignal): void {
    if (this.#served) return;
    this.#served = true;
    const onRequest = (incoming: IncomingRequest): void => {
      this.#relay(incoming, clusterId, signal);
    };
    this.#deps.server.serve(clusterId, onRequest, signal);
    const stop = (): void => {
      for (const request of [...this.#open]) request.stop(linkEnded());
    };
    signal.addEventListener('abort', stop, { once: true });
  }

  #relay(incoming: IncomingRequest, clusterId: string, signal: AbortSignal): void {
    const request: RelayedRequest = new RelayedRequest(incoming, this.#deps.broker, () => this.#open.delete(request));
    this.#open.add(request);
    request.start();
    if (this.#looking) return;
    this.#looking = true;
    this.#look(clusterId, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) this.#deps.logger.error({ err: error }, 'sessions are not looked after any more');
      })
      .finally(() => {
        this.#looking = false;
      });
  }

  /** An agent that was killed says no last word: so its sessions are looked for while there are any. */
  async #look(clusterId: string, signal: AbortSignal): Promise<void> {
    let missed = new Set<RelayedRequest>();
    while (this.#open.size > 0) {
      await this.#deps.clock.sleep(lookEveryMs, signal);
      const sessions = [...this.#open].filter(({ isSession }) => isSession);
      if (sessions.length === 0) continue;
      const known = await this.#known(clusterId, signal);
      const gone = sessions.filter((request) => known?.has(request.id) !== true);
      // Twice, because of two agents, as during an update, either may answer.
      for (const request of gone)
        if (missed.has(request)) request.fail(known === undefined ? agentAbsent() : sessionGone());
      missed = new Set(gone);
    }
  }

  /** Ids of the sessions of the agent; undefined when it does not answer. */
  async #known(clusterId: string, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    const subject = requestSubject(clusterId, 'sessions');
    try {
      const options = { timeoutMs: listMs, signal };
      const { data } = await this.#deps.broker.request(subject, Buffer.from('{"id":"look"}'), options);
      const answer = parseAgentAnswer(data);
      const list = answer.ok && answer.value.output.type === 'end' ? answer.value.output.result : undefined;
      return new Set((list as readonly { readonly id: string }[]).map(({ id }) => id));
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }
}
