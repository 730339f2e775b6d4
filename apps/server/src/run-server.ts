import { describeSources } from '@meshery/config';
import { RecentLines, RotatingLog } from '@meshery/observability';
import type { LogOutputs, Logger } from '@meshery/observability';
import type { ProcessLike, ServiceOptions, runService } from '@meshery/service';
import { announce } from './announce.ts';
import { readConfig } from './config.ts';
import type { ConfigOrigin, ServerConfig } from './config.ts';
import { prepareServer } from './server-options.ts';
import { backupCommandOf, runBackupCommand } from './storage/backup-command.ts';
import { logFolder } from './system/log-files.ts';
import type { PreparedServer } from './server-options.ts';

/** What a server process is run with. */
export interface ServerProcess {
  readonly logger: Logger;
  /** Where the lines of the logger go. */
  readonly logs: LogOutputs;
  readonly run: typeof runService;
  /** Where words for a person go. */
  readonly output: { write(text: string): unknown };
  readonly origin?: ConfigOrigin | undefined;
  /** Ends with the status of a command that failed; the process itself unless told. */
  readonly host?: Pick<ProcessLike, 'exit' | 'stderr'>;
}

/** Runs the server as a whole process, or backs up, restores, or prints --help. */
export async function runServer({ logger, logs, run, output, origin, host = process }: ServerProcess): Promise<void> {
  if ((origin?.argv ?? process.argv).some((argument) => argument === '--help' || argument === '-h')) {
    const read = readConfig({ ...origin, argv: ['--help'] });
    if (read.kind === 'help') output.write(read.text);
    return;
  }
  const command = backupCommandOf(origin ?? {});
  if (command !== undefined) {
    await runBackupCommand(command, { logger, output, host });
    return;
  }
  const started = Promise.withResolvers<Prepared>();
  let announced = false;
  const build = async (): Promise<ServiceOptions> => {
    const prepared = await prepare({ logger, logs, origin });
    prepared.options.readiness.register('sign-in', () =>
      announced ? { ready: true } : { ready: false, reason: 'the token file is not written' },
    );
    started.resolve(prepared);
    return prepared.options;
  };
  await run(build, {
    logger,
    onListening: async ({ url }) => {
      const { config, security } = await started.promise;
      await announce({ config, security, logger, url, print: (line) => output.write(`${line}\n`) });
      announced = true;
    },
  });
}

interface Prepared extends PreparedServer {
  readonly config: ServerConfig;
}

/** Bounds of the log that is kept in files. */
const logBounds = { name: 'meshery', maxBytes: 8 * 1024 * 1024, maxFiles: 5 };
/** Of the newest log that is kept in memory for support bundles. */
const recentBytes = 1024 * 1024;

async function prepare(given: Pick<ServerProcess, 'logger' | 'logs' | 'origin'>): Promise<Prepared> {
  const { logger, logs, origin } = given;
  const read = readConfig(origin);
  if (read.kind === 'help') throw new TypeError('help is answered before');
  const { config, sources } = read;
  logger.level = config.logLevel;
  if (config.logFiles) logs.add(new RotatingLog({ folder: logFolder(config.dataDir), ...logBounds }));
  const recent = new RecentLines(recentBytes);
  logs.add(recent);
  logger.info(describeSources(sources), 'configuration read');
  return { config, ...(await prepareServer(config, logger, recent)) };
}
