import type { AgentState, ChangeType, KindState, RunVerdict, Source, Verdict } from '@meshery/contracts';

/*
 * The numbers of the ingest proto as plain constants. The writer thread imports types only: loading the generated
 * encoders there would cost start time and memory for code that it never runs.
 */

/** Answers to a batch. */
export const verdicts = { committed: 1, duplicate: 2, superseded: 3, gap: 4, parked: 5 } as const satisfies Record<
  string,
  Verdict
>;

/** Answers to the opening of a run. */
export const runVerdicts = { accepted: 1, superseded: 2 } as const satisfies Record<string, RunVerdict>;

/** What a change does to its object. */
export const changeTypes = { upsert: 1, delete: 2 } as const satisfies Record<string, ChangeType>;

/** Who feeds a cluster. */
export const sources = { unspecified: 0, embedded: 1, agent: 2, published: 3 } as const satisfies Record<
  string,
  Source
>;

/** States of a kind in a report. */
export const kindStates = {
  unspecified: 0,
  syncing: 1,
  synced: 2,
  forbidden: 3,
  unsupported: 4,
  lagging: 5,
  removed: 6,
  excluded: 7,
} as const satisfies Record<string, KindState>;

/** States of an agent in a report. */
export const agentStates = { unspecified: 0, running: 1, degraded: 2, stopped: 3 } as const satisfies Record<
  string,
  AgentState
>;
