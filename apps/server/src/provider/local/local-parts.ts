import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { ChangeNotes } from './change-notes.ts';

/** What the parts of the Local provider work with. */
export interface LocalParts {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly notes: ChangeNotes;
  /** Makes open sessions see the accounts and tokens that are kept now. */
  readonly forgetSessions: () => void;
  /** A sign-in link for a user, good once within an hour. */
  readonly inviteUser: (userId: string) => string;
}

/** The time as records carry it. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
