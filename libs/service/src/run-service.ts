import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import type { RunningService, ServiceOptions } from './service-options.ts';
import { startService } from './start-service.ts';

/** The parts of `process` that a service uses; another object in tests. */
export interface ProcessLike {
  on(event: string, listener: (...args: never[]) => void): unknown;
  exit(code: number): void;
  readonly stderr: { write(text: string): unknown };
}

/** Around a service: the logger for what happens before its options exist, and hooks of the app. */
export interface RunOptions {
  readonly logger: Logger;
  readonly process?: ProcessLike;
  /** Called once it listens, e.g. to print the sign-in link. */
  readonly onListening?: (service: RunningService) => void | Promise<void>;
}

const UNEXPECTED = 70;

/**
 * Runs a service as a whole process: starts it, drains on SIGTERM and SIGINT (exit 0), toggles debug logging on
 * SIGUSR2, ends with the error's exit status when it cannot start and with 70 on an error that nobody caught.
 * `build` makes the options; whatever it throws is reported like a failed start.
 */
export async function runService(
  build: () => ServiceOptions | Promise<ServiceOptions>,
  run: RunOptions,
): Promise<void> {
  const host: ProcessLike = run.process ?? process;
  const state: { service?: RunningService; stopping: boolean } = { stopping: false };
  const end = async (code: number): Promise<void> => {
    if (state.stopping) return;
    state.stopping = true;
    const clean = (await state.service?.stop()) ?? true;
    host.exit(clean ? code : Math.max(code, 1));
  };
  watchSignals(host, run.logger, end);
  watchUncaught(host, run.logger, end);
  try {
    state.service = await startService(await build());
    await run.onListening?.(state.service);
  } catch (error) {
    const coded = toMesheryError(error);
    run.logger.fatal({ err: error, code: coded.code }, 'the service cannot start');
    host.stderr.write(startFailureText(coded, error));
    await end(coded.mapping.exit);
  }
}

/** What a person at a terminal reads when a start failed: code, message, cause and remedy. */
export function startFailureText(coded: MesheryError, thrown: unknown): string {
  const detail = coded.code === 'meshery-core-1000' && thrown instanceof Error ? ` (${thrown.message})` : '';
  const lines = [`${coded.code}: ${coded.message}${detail}`];
  if (coded.probableCause !== undefined) lines.push(`  cause:  ${coded.probableCause}`);
  if (coded.remedy !== undefined) lines.push(`  remedy: ${coded.remedy}`);
  return `${lines.join('\n')}\n`;
}

function watchSignals(host: ProcessLike, logger: Logger, end: (code: number) => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    host.on(signal, () => {
      logger.info({ signal }, 'signal received');
      endOrReport(end(0), host, logger);
    });
  }
  const usual = logger.level;
  host.on('SIGUSR2', () => {
    logger.level = logger.level === 'debug' ? usual : 'debug';
    logger.info({ level: logger.level }, 'log level changed');
  });
}

function watchUncaught(host: ProcessLike, logger: Logger, end: (code: number) => Promise<void>): void {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    host.on(event, (error: never) => {
      logger.fatal({ err: error, event }, 'nobody caught this error: the service stops');
      endOrReport(end(UNEXPECTED), host, logger);
    });
  }
}

/** Ending is the last thing that can fail: then there is only the exit status left. */
function endOrReport(ended: Promise<void>, host: ProcessLike, logger: Logger): void {
  ended.catch((error: unknown) => {
    logger.fatal({ err: error }, 'the shutdown failed');
    host.exit(UNEXPECTED);
  });
}
