import type { RecordFields } from './fields.ts';

/** Something in a cluster that the deployment of a design made. */
export interface PatternResource extends RecordFields {
  /** Id of the user who deployed it. */
  readonly owner: string;
  /** Id of the design. */
  readonly designId: string;
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  /** Its place in the Open Application Model, as older clients name it. */
  readonly oamType: string;
  readonly deleted: boolean;
}
