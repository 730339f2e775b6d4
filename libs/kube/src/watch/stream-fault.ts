import type { StreamOutcome } from './api-status.ts';

/** Carries the outcome of an attempt out of the reading loop; never leaves this library. */
export class StreamFault extends Error {
  readonly outcome: StreamOutcome;

  constructor(outcome: StreamOutcome) {
    super(outcome.message, outcome.error === undefined ? undefined : { cause: outcome.error });
    this.name = 'StreamFault';
    this.outcome = outcome;
  }
}
