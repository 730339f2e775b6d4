import { MesheryError } from '@meshery/errors';

/** Thrown when a store was written by a newer version; nothing was touched. */
export function newerVersionError(file: string, found: number, known: number): MesheryError {
  return new MesheryError('meshery-store-1601', `${file} was written by a newer version (schema ${found}).`, {
    severity: 'FATAL',
    probableCause: `This version knows schemas up to ${known}; the store was opened by a newer one before.`,
    remedy: 'Start the newer version again, or point this one to another data folder with --data-dir.',
    details: { found, known },
  });
}

/** Thrown when another process holds the store. */
export function lockedError(folder: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-store-1604', `The data folder ${folder} is in use by another process.`, {
    severity: 'FATAL',
    probableCause: 'Another server runs on the same data folder.',
    remedy: 'Stop the other server, or give this one its own folder with --data-dir.',
    cause,
  });
}

/** Thrown when the data folder cannot be made or written. */
export function folderError(folder: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-config-1102', `The data folder ${folder} is not writable.`, {
    severity: 'FATAL',
    probableCause: 'The folder belongs to another user, or its file system is read-only or full.',
    remedy: `Make ${folder} writable for this user, or choose another folder with --data-dir.`,
    cause,
  });
}

/** What is answered while the writer cannot take more. */
export function busyError(message: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-store-1602', message, {
    probableCause: 'The writer restarts, waits for disk space, or more was sent than it can commit.',
    remedy: 'Send it again after a moment; if it lasts, look at the condition of the store.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A write that failed because the disk is full or read-only; retried by the writer. */
export function writeError(message: string): MesheryError {
  return new MesheryError('meshery-store-1600', message, {
    severity: 'CRITICAL',
    probableCause: 'The disk of the data folder is full or read-only.',
    remedy:
      'Free space on that disk or make it writable; a running server writes on by itself, one that could not start must be started again.',
  });
}

/** A user-data store that is damaged: it is never rebuilt by itself. */
export function corruptUserDataError(file: string, backup: string | undefined, cause: unknown): MesheryError {
  return new MesheryError('meshery-store-1603', `The user data in ${file} are damaged.`, {
    severity: 'FATAL',
    probableCause: 'The disk lost data, or the file was changed by another program.',
    remedy:
      backup === undefined
        ? `There is no backup beside it: restore ${file} from your own backup.`
        : `Stop the server and copy the newest backup over it: cp '${backup}' '${file}'.`,
    details: backup === undefined ? { file } : { file, backup },
    cause,
  });
}

/** The database server does not answer. */
export function unreachableError(cause: unknown): MesheryError {
  return new MesheryError('meshery-store-1605', 'The database is unreachable.', {
    severity: 'CRITICAL',
    probableCause: 'PostgreSQL is down, or its address or credentials are wrong.',
    remedy:
      'Check that PostgreSQL runs and that --database-url is right; a running server tries again by itself, one that could not start must be started again.',
    cause,
  });
}

/** A read or a call that met damage in the cache. */
export function rebuildingError(cause: unknown): MesheryError {
  return new MesheryError('meshery-store-1602', 'The inventory is being rebuilt.', {
    probableCause: 'Damage was found in the cache of discovered objects.',
    remedy: 'Try again after a moment: discovery fills it again by itself.',
    cause,
  });
}

/** Thrown when a second one wants to empty the cache at the same time. */
export function resettingError(): MesheryError {
  return new MesheryError('meshery-store-1606', 'The inventory is being emptied or rebuilt already.', {
    probableCause: 'Somebody else reset it a moment ago, or damage was found in it.',
    remedy: 'Wait until discovery has filled it again; nothing has to be done twice.',
  });
}
