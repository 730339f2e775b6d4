import { createLogger } from '@meshery/observability';
import { runService, trimHeap } from '@meshery/service';
import { runServer } from './run-server.ts';

/** Runs the server process. */
export async function start(): Promise<void> {
  await runServer({ logger: createLogger({ service: 'server' }), run: runService, output: process.stdout });
  trimHeap();
}
