import { errorCode } from '../shared/error-code.ts';
import { busyError, unreachableError, writeError } from '../shared/errors.ts';
import { pgFault } from '../postgres/pg-pool.ts';
import { faultKind, faultMessage } from '../sqlite/faults.ts';

/** TypeORM wraps what the driver throws. */
export function driverErrorOf(error: unknown): unknown {
  if (errorCode(error).startsWith('SQLITE_')) return error;
  const inner = typeof error === 'object' && error !== null && 'driverError' in error ? error.driverError : undefined;
  return inner ?? error;
}

/** What a failure of the database means for who asked; anything else stays as it is. */
export function codedFault(error: unknown): unknown {
  const root = driverErrorOf(error);
  if (errorCode(root).startsWith('SQLITE_'))
    return faultKind(root) === 'space' ? writeError(faultMessage(root)) : error;
  if (errorCode(root) === '') return error;
  const fault = pgFault(root);
  if (fault === 'unreachable') return unreachableError(root);
  if (fault === 'again') return busyError('The database asks to try again.', root);
  return fault === 'space' ? writeError('PostgreSQL cannot write') : error;
}
