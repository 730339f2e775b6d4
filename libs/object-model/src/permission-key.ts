import type { RecordFields } from './fields.ts';

/** One thing that a user may do, as clients ask before they offer it. */
export interface PermissionKey extends RecordFields {
  /** Id of the user who made it: the owner of the server, as all are built in. */
  readonly owner: string;
  /** What it allows, e.g. "Create environment". */
  readonly function: string;
  readonly category: string;
  readonly subcategory: string;
  readonly description: string;
}
