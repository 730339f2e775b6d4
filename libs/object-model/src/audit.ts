/** What was decided about a wish to change or to see something. */
export type AuditDecision = 'allowed' | 'refused';

/** One line of the audit log, as it is handed in. */
export interface AuditEntry {
  /** RFC 3339. */
  readonly at: string;
  /** Empty for somebody who is not known. */
  readonly userId: string;
  readonly userName: string;
  readonly provider: string;
  /** Empty where it is about no organization. */
  readonly organizationId: string;
  /** What was done, such as "environment.create", or what was asked, such as "DELETE /api/environments/:id". */
  readonly action: string;
  /** Id of the record that it was about; empty when there is none. */
  readonly objectId: string;
  readonly decision: AuditDecision;
  /** HTTP status or error code of a refusal; empty else. */
  readonly reason: string;
  readonly requestId: string;
}

/** A line that is kept: its hash covers what it says and the hash of the line before. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly previousHash: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}
