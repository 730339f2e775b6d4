import { LogOutputs, createLogger, standardOutput } from '@meshery/observability';
import { runService, trimHeap } from '@meshery/service';
import { runServer } from './run-server.ts';

/** Runs the server process. */
export async function start(): Promise<void> {
  const logs = new LogOutputs(standardOutput());
  const logger = createLogger({ service: 'server', destination: logs });
  await runServer({ logger, logs, run: runService, output: process.stdout });
  await trimHeap({ atWork: false, logger });
}
