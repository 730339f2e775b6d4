import { MesheryError, toMesheryError } from '@meshery/errors';
import { systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import { startFailureText } from '@meshery/service';
import type { ProcessLike } from '@meshery/service';
import { backUpUserData, restoreUserData } from '@meshery/store';
import { readConfig } from '../config.ts';
import type { ConfigOrigin } from '../config.ts';

/** What is done to the user data instead of running a server. */
export interface BackupCommand {
  readonly name: 'backup' | 'restore';
  /** The file and the flags of the server. */
  readonly argv: readonly string[];
  readonly env: ConfigOrigin['env'];
}

/** Recognizes `backup FILE` and `restore FILE` at the beginning of the arguments; undefined for anything else. */
export function backupCommandOf(origin: ConfigOrigin): BackupCommand | undefined {
  const [name, ...argv] = origin.argv ?? process.argv.slice(2);
  return name === 'backup' || name === 'restore' ? { name, argv, env: origin.env } : undefined;
}

/** Backs up or restores, says so, and ends with the status of an error. */
export async function runBackupCommand(
  command: BackupCommand,
  parts: {
    readonly logger: Logger;
    readonly output: { write(text: string): unknown };
    readonly host: Pick<ProcessLike, 'exit' | 'stderr'>;
  },
): Promise<void> {
  try {
    parts.output.write(await carryOut(command, parts.logger));
  } catch (error) {
    const coded = toMesheryError(error);
    parts.host.stderr.write(startFailureText(coded, error));
    parts.host.exit(coded.mapping.exit);
  }
}

async function carryOut({ name, argv, env }: BackupCommand, logger: Logger): Promise<string> {
  const [file = '', ...flags] = argv;
  if (file === '' || file.startsWith('-')) throw noFile(name);
  const read = readConfig({ argv: flags, ...(env === undefined ? {} : { env }) });
  if (read.kind === 'help') return read.text;
  const { dataDir, databaseUrl, logLevel } = read.config;
  logger.level = logLevel;
  const place = { dataDir, databaseUrl, logger };
  const where = databaseUrl === undefined ? dataDir : 'the database';
  if (name === 'backup') {
    await backUpUserData(place, file, systemClock);
    return `User data of ${where} are backed up in ${file}. Keep it as safe as the server itself.\n`;
  }
  const rows = await restoreUserData(place, file);
  return `${String(rows)} rows of user data are restored into ${where}.\n`;
}

function noFile(name: string): MesheryError {
  return new MesheryError('meshery-config-1100', `"${name}" needs a file.`, {
    remedy: `Name it first: ${name} FILE, then --data-dir or --database-url as for the server.`,
  });
}
