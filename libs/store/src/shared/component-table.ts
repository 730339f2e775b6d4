import type { Verdict } from '@meshery/contracts';
import type { ComponentState, ComponentTable } from '../component-state.ts';
import type { ComponentWork } from './component-sql.ts';
import { busyError } from './errors.ts';
import { verdicts } from './wire-codes.ts';

/** The table of components over the writer and the reader of a store. */
export function componentTable(
  submit: (work: ComponentWork) => Promise<{ readonly verdict: Verdict; readonly reason: string }>,
  all: () => Promise<readonly ComponentState[]>,
): ComponentTable {
  return {
    all,
    note: async (sightings, limits) => {
      const { verdict, reason } = await submit({ type: 'components', sightings, limits });
      if (verdict === verdicts.parked) throw busyError(`The states of components were not kept: ${reason}.`);
    },
  };
}
