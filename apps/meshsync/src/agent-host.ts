import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { DiscoveryAgent } from '@meshery/discovery';
import type { Clock, Logger } from '@meshery/observability';
import type { BrokerIngestPort, NatsBroker } from '@meshery/messaging';

/** What an AgentHost runs. */
export interface AgentHostDeps {
  readonly agent: DiscoveryAgent;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Absent in file mode. */
  readonly broker?: NatsBroker;
  /** Present in the native format. */
  readonly port?: BrokerIngestPort;
  /** Called once the broker is connected. */
  readonly onConnected?: (signal: AbortSignal) => void;
  /** Milliseconds until it ends by itself; absent: never. */
  readonly stopAfterMs?: number;
}

/** How the agent ended by itself: well, or with an error. */
export type AgentEnd = { readonly error?: MesheryError };

/** Runs one discovery agent with its broker for the life of the process. */
export class AgentHost {
  readonly #deps: AgentHostDeps;
  readonly #stop = new AbortController();
  #done: Promise<void> = Promise.resolve();

  constructor(deps: AgentHostDeps) {
    this.#deps = deps;
  }

  /** Begins to work; `onEnd` is called when it ends without being stopped. */
  start(onEnd: (end: AgentEnd) => void): void {
    this.#done = this.#run().then(
      () => {
        if (!this.#stop.signal.aborted) onEnd({});
      },
      (error: unknown) => {
        if (!this.#stop.signal.aborted) onEnd({ error: toMesheryError(error) });
      },
    );
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('the agent is stopped'));
    await this.#done;
    await this.#deps.broker?.close();
  }

  /** Ready: the broker stores what is found and the cluster is being discovered. Nothing is remembered. */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    const { broker, port, agent } = this.#deps;
    const connection = broker?.status();
    if (connection?.connected === false) return { ready: false, reason: `the broker: ${connection.reason}` };
    const condition = port?.condition();
    if (condition?.healthy === false)
      return { ready: false, reason: condition.error?.message ?? 'batches are not stored' };
    const { phase, conditions } = agent.status();
    if (phase !== 'running') return { ready: false, reason: conditions[0]?.message ?? `the agent is ${phase}` };
    return { ready: true };
  }

  /** Brings the gauges up to date, before a scrape. */
  observe(): void {
    this.#deps.agent.observe();
  }

  async #run(): Promise<void> {
    const { broker, agent, onConnected, stopAfterMs, clock } = this.#deps;
    const signal = this.#stop.signal;
    const timer = new AbortController();
    const either = AbortSignal.any([signal, timer.signal]);
    const ended =
      stopAfterMs === undefined
        ? undefined
        : clock.sleep(stopAfterMs, signal).then(
            () => {
              timer.abort(new Error('its time is over'));
            },
            () => undefined,
          );
    try {
      await broker?.open(either);
      onConnected?.(either);
      await agent.run(either);
    } catch (error) {
      if (!either.aborted) throw error;
    }
    if (timer.signal.aborted) await ended;
  }
}
