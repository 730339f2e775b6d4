import type { RecordFields } from './fields.ts';

/** Where an operation, or its part on one target, stands; all but "running" are final. */
export const operationStates = ['running', 'succeeded', 'failed', 'cancelled'] as const;
/** See `operationStates`. */
export type OperationState = (typeof operationStates)[number];

/** The part of an operation that is about one target, such as a cluster. */
export interface OperationTarget {
  readonly id: string;
  readonly name: string;
  readonly state: OperationState;
  /** Why it stands where it stands, for people; empty when there is nothing to say. */
  readonly message: string;
}

/** Why an operation failed. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
}

/** Long work: a durable record that ends in exactly one final state. */
export interface Operation extends RecordFields {
  /** What is done, such as "connection.disconnect". */
  readonly kind: string;
  /** Whose members see it; without one only its owner does. */
  readonly organizationId: string | null;
  /** Id of the user who began it. */
  readonly owner: string;
  readonly state: OperationState;
  /** Per cent, 0 to 100. */
  readonly progress: number;
  readonly targets: readonly OperationTarget[];
  readonly error: OperationError | null;
  /** Somebody asked to cancel it. */
  readonly isCancelRequested: boolean;
  /** The process that works on it, and when it last said so (RFC 3339). */
  readonly processId: string;
  readonly seenAt: string;
  /** RFC 3339. */
  readonly finishedAt: string | null;
}
