import type { AgentStatusDocument } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { DiscoveryAgent } from '@meshery/discovery';
import type { Clock, Logger } from '@meshery/observability';
import type { BrokerStatus } from '@meshery/messaging';
import type { Output } from './output/output.ts';
import type { AgentRequests } from './requests/agent-requests.ts';
import type { ResourceFollower } from './resource/resource-follower.ts';
import type { Lead } from './standby/lead.ts';
import { statusDocument } from './status/agent-status.ts';

/** What an AgentHost runs. */
export interface AgentHostDeps {
  readonly agent: DiscoveryAgent;
  readonly follower: ResourceFollower;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly output: Output;
  /** Absent where this agent is alone. */
  readonly lead?: Lead;
  /** Serves requests once the broker, if there is one, is connected; absent where no request comes. */
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
    await this.#deps.output.broker?.close();
    await this.#deps.output.closeServer?.();
  }

  /**
   * Ready: what is found is stored and the cluster is being discovered, or this agent can take over from the one that
   * does so. Nothing is remembered.
   */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    const { output, agent, follower, lead } = this.#deps;
    const { broker, condition: stored } = output;
    if (lead?.leading === false) return standbyReadiness(lead);
    const connection = broker?.status();
    if (connection?.connected === false) return { ready: false, reason: `the broker: ${reasonOf(connection)}` };
    const condition = stored?.();
    if (condition?.healthy === false)
      return {
        ready: false,
        reason: condition.error === undefined ? 'batches are not stored' : textOf(condition.error),
      };
    const { phase, conditions } = agent.status();
    const [first] = [...conditions, ...follower.conditions()];
    if (phase !== 'running') return { ready: false, reason: first?.message ?? `the agent is ${phase}` };
    return { ready: true };
  }

  /** What the agent says about itself now. */
  status(version: string): AgentStatusDocument {
    const { output, agent, follower, lead } = this.#deps;
    const { broker, condition, closeServer } = output;
    const stands = lead?.leading === false;
    const error = condition?.().error;
    const unstored = error === undefined ? undefined : { reason: 'BatchesNotStored', message: textOf(error) };
    return statusDocument({
      version,
      agent: stands ? { ...agent.status(), phase: 'standby' } : agent.status(),
      broker: broker === undefined || stands ? undefined : brokerOf(broker.status()),
      server: closeServer === undefined || stands ? undefined : farSideOf(unstored?.message),
      resource: [...follower.conditions(), ...(lead?.conditions() ?? [])],
      unstored,
    });
  }

  /** Brings the gauges up to date, before a scrape. */
  observe(): void {
    this.#deps.agent.observe();
  }

  async #run(): Promise<void> {
    const { stopAfterMs, clock, lead } = this.#deps;
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
    if (lead === undefined) await this.#work(either);
    else await lead.run(either, (leading) => this.#work(leading));
    if (timer.signal.aborted) await ended;
  }

  /** Discovers until the signal aborts. */
  async #work(signal: AbortSignal): Promise<void> {
    const { output, agent, follower, requests } = this.#deps;
    const end = new AbortController();
    const following = follower.run(AbortSignal.any([signal, end.signal]));
    try {
      await output.broker?.open(signal);
      requests?.start();
      // Not before: else it would find kinds that nobody wants, only to drop them again.
      await follower.answered;
      await agent.run(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      end.abort(new Error('the agent ended'));
      await following;
    }
  }
}

function standbyReadiness(lead: Lead): { readonly ready: boolean; readonly reason?: string } {
  const [fault] = lead.conditions();
  return fault === undefined ? { ready: true } : { ready: false, reason: fault.message };
}

function brokerOf(status: BrokerStatus): NonNullable<AgentStatusDocument['broker']> {
  return farSideOf(status.connected ? undefined : reasonOf(status));
}

function farSideOf(reason: string | undefined): NonNullable<AgentStatusDocument['broker']> {
  return reason === undefined ? { connected: true } : { connected: false, reason };
}

function reasonOf({ reason, error }: BrokerStatus): string {
  return error === undefined ? reason : textOf(error);
}

function textOf({ code, message, remedy = '' }: MesheryError): string {
  return `${code}: ${message} ${remedy}`.trim();
}
