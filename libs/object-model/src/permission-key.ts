/** One thing that a user may do, as clients ask before they offer it. */
export interface PermissionKey {
  /** UUID; stays the same over versions. */
  readonly id: string;
  /** What it allows, e.g. "Create environment". */
  readonly function: string;
  readonly category: string;
  readonly subcategory: string;
  readonly description: string;
}
