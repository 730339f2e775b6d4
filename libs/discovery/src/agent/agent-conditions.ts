import { AgentState } from '@meshery/contracts';
import type { AgentReport } from '@meshery/contracts';

/** A fault of the agent as a whole that a person should see. */
export interface AgentCondition {
  /** CamelCase. */
  readonly reason: string;
  /** One sentence with the remedy. */
  readonly message: string;
}

/** The faults that are present; the report names the first. */
export class AgentConditions {
  readonly #present = new Map<string, AgentCondition>();

  list(): readonly AgentCondition[] {
    return [...this.#present.values()];
  }

  /** Adds or removes (`undefined`) the fault with this reason; true when something changed. */
  set(reason: string, message: string | undefined): boolean {
    if (this.#present.get(reason)?.message === message) return false;
    if (message === undefined) this.#present.delete(reason);
    else this.#present.set(reason, { reason, message });
    return true;
  }

  report(agentVersion: string): AgentReport {
    const [first] = this.list();
    if (first === undefined)
      return { state: AgentState.AGENT_STATE_RUNNING, reason: 'Running', message: '', agentVersion };
    const message = this.list()
      .map((condition) => condition.message)
      .join(' ');
    return { state: AgentState.AGENT_STATE_DEGRADED, reason: first.reason, message, agentVersion };
  }
}
