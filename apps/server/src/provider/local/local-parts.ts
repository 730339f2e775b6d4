import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { ChangeNotes } from './change-notes.ts';

/** What the parts of the Local provider work with. */
export interface LocalParts {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly notes: ChangeNotes;
}

/** The time as records carry it. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
