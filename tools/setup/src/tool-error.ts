import { types } from 'node:util';

/** An error that the person at the terminal can do something about. */
export class ToolError extends Error {
  /** What to do, usually a command. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ToolError';
    this.remedy = remedy;
  }
}

/** The text for a terminal: message, remedy, and the causes beneath. */
export function describeError(error: unknown): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Error.isError is not among the types we compile with
  if (!types.isNativeError(error)) return String(error);
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? `\n  ${error.remedy}` : '';
  const cause = error.cause === undefined ? '' : `\n  because: ${describeError(error.cause)}`;
  return `${error.message}${remedy}${cause}`;
}
