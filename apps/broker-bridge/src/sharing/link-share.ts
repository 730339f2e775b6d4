import type { SourceCondition } from '../sources/link-source.ts';

/** Which of the links that are known are this replica's to run. */
export interface LinkShare {
  /** Why nothing may be run now. */
  readonly failure: SourceCondition | undefined;
  /** Makes the link part of the work that is shared; true while it is this replica's to run. */
  claim(identity: string): boolean;
  /**
   * Takes part until the signal aborts. `onChange` is called after each change of what is held; what is not held any
   * more has ended when its promise resolves, and only then another replica may begin.
   */
  run(onChange: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

/** Everything: for a replica that is alone. */
export const wholeShare: LinkShare = {
  failure: undefined,
  claim: () => true,
  run: () => Promise.resolve(),
};
