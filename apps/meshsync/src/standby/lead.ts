import type { AgentCondition } from '@meshery/discovery';

/** Whether this agent works or stands by for another one. */
export interface Lead {
  readonly leading: boolean;
  /** What keeps it from ever leading; empty when all is well. */
  conditions(): readonly AgentCondition[];
  /**
   * Stands by, then works for as long as it leads. Resolves when the signal aborts, or the work has ended; rejects with
   * its error, and with `meshery-discovery-1403` when the lead was lost.
   */
  run(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
}
