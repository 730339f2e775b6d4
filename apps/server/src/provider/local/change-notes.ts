import type { EventSeverity } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';

/** What happened to something that a user made. */
export interface Change {
  /** What it happened to, e.g. "environment". */
  readonly category: string;
  /** What was done, e.g. "create". */
  readonly action: string;
  /** Id of the record. */
  readonly actedUpon: string;
  /** Whose members hear of it; null: only the user who did it. */
  readonly organizationId: string | null;
  /** One sentence for people, without secrets. */
  readonly description: string;
  /** "informational" unless told. */
  readonly severity?: EventSeverity;
  /** Facts for programs, without secrets. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The operation that it is a part of. */
  readonly operationId?: string;
}

/** Hears of every change inside of its transaction: what it writes is kept if, and only if, the change is. */
export interface ChangeNotes {
  note(data: UserData, ctx: RequestContext, change: Change): Promise<void>;
}
