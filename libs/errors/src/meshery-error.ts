import { errorTable } from './error-table.ts';
import type { ErrorCode, ErrorMapping } from './error-table.ts';

/** How bad it is; names of the published error envelope. */
export type Severity = 'EMERGENCY' | 'ALERT' | 'CRITICAL' | 'FATAL' | 'ERROR';

/** Everything an error says besides its message. */
export interface MesheryErrorOptions {
  readonly severity?: Severity;
  /** Why it probably happened, one sentence. */
  readonly probableCause?: string;
  /** What to do about it, one sentence, with the command where there is one. */
  readonly remedy?: string;
  /** Structured facts for logs and clients; never secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const brand = Symbol.for('meshery.MesheryError');

/**
 * The one error type of the product: a stable code, a message for a person, a probable cause and a remedy.
 * Thrown by every layer; converted to HTTP, gRPC, GraphQL or an exit status only at the edge, through `errorTable`.
 */
export class MesheryError extends Error {
  readonly code: ErrorCode;
  readonly severity: Severity;
  readonly probableCause: string | undefined;
  readonly remedy: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: MesheryErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'MesheryError';
    this.code = code;
    this.severity = options.severity ?? 'ERROR';
    this.probableCause = options.probableCause;
    this.remedy = options.remedy;
    this.details = options.details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** What this error means on each transport. */
  get mapping(): ErrorMapping {
    return errorTable[this.code];
  }
}

/** True for a MesheryError of any copy of this library (bundles may carry several). */
export function isMesheryError(value: unknown): value is MesheryError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}

/**
 * Converts anything thrown into a MesheryError, walking the cause chain for a coded one.
 * The only place where `unknown` becomes a coded error.
 */
export function toMesheryError(reason: unknown): MesheryError {
  for (let error: unknown = reason, depth = 0; error !== undefined && depth < 16; depth += 1) {
    if (isMesheryError(error)) return error;
    error = error instanceof Error ? error.cause : undefined;
  }
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new MesheryError('meshery-core-1003', 'The operation took longer than its deadline.', {
      remedy: 'Try again; if it keeps failing, look at the readiness of the component it waits for.',
      cause: reason,
    });
  }
  return new MesheryError('meshery-core-1000', 'An unexpected error happened.', {
    remedy: 'Look at the log line with this correlation id and report it with the log attached.',
    cause: reason,
  });
}
