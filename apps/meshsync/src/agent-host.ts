import type { AgentStatusDocument } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { DiscoveryAgent } from '@meshery/discovery';
import type { Clock, Logger } from '@meshery/observability';
import type { BrokerIngestPort, BrokerStatus, NatsBroker } from '@meshery/messaging';
import type { AgentRequests } from './requests/agent-requests.ts';
import type { ResourceFollower } from './resource/resource-follower.ts';
import { statusDocument } from './status/agent-status.ts';

/** What an AgentHost runs. */
export interface AgentHostDeps {
  readonly agent: DiscoveryAgent;
  readonly follower: ResourceFollower;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Absent in file mode. */
  readonly broker?: NatsBroker;
  /** Present in the native format. */
  readonly port?: BrokerIngestPort;
  /** Serves requests once the broker is connected; absent in file mode. */
  readonly requests?: AgentRequests;
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
    await Promise.all([this.#deps.requests?.stop(), this.#done]);
    await this.#deps.broker?.close();
  }

  /** Ready: the broker stores what is found and the cluster is being discovered. Nothing is remembered. */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    const { broker, port, agent, follower } = this.#deps;
    const connection = broker?.status();
    if (connection?.connected === false) return { ready: false, reason: `the broker: ${reasonOf(connection)}` };
    const condition = port?.condition();
    if (condition?.healthy === false)
      return { ready: false, reason: condition.error?.message ?? 'batches are not stored' };
    const { phase, conditions } = agent.status();
    const [first] = [...conditions, ...follower.conditions()];
    if (phase !== 'running') return { ready: false, reason: first?.message ?? `the agent is ${phase}` };
    return { ready: true };
  }

  /** What the agent says about itself now. */
  status(version: string): AgentStatusDocument {
    const { broker, port, agent, follower } = this.#deps;
    const error = port?.condition().error;
    return statusDocument({
      version,
      agent: agent.status(),
      broker: broker === undefined ? undefined : brokerOf(broker.status()),
      resource: follower.conditions(),
      unstored: error === undefined ? undefined : { reason: 'BatchesNotStored', message: textOf(error) },
    });
  }

  /** Brings the gauges up to date, before a scrape. */
  observe(): void {
    this.#deps.agent.observe();
  }

  async #run(): Promise<void> {
    const { broker, agent, follower, requests, stopAfterMs, clock } = this.#deps;
    const signal = this.#stop.signal;
    const end = new AbortController();
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
    const following = follower.run(AbortSignal.any([either, end.signal]));
    try {
      await broker?.open(either);
      requests?.start();
      // Not before: else it would find kinds that nobody wants, only to drop them again.
      await follower.answered;
      await agent.run(either);
    } catch (error) {
      if (!either.aborted) throw error;
    } finally {
      end.abort(new Error('the agent ended'));
      await following;
    }
    if (timer.signal.aborted) await ended;
  }
}

function brokerOf(status: BrokerStatus): NonNullable<AgentStatusDocument['broker']> {
  return status.connected ? { connected: true } : { connected: false, reason: reasonOf(status) };
}

function reasonOf({ reason, error }: BrokerStatus): string {
  return error === undefined ? reason : textOf(error);
}

function textOf({ code, message, remedy = '' }: MesheryError): string {
  return `${code}: ${message} ${remedy}`.trim();
}
