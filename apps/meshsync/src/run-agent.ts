import { describeSources } from '@meshery/config';
import type { Logger } from '@meshery/observability';
import { runService, startFailureText } from '@meshery/service';
import { agentOptions } from './agent-options.ts';
import type { AgentEnd } from './agent-host.ts';
import { readConfig } from './config.ts';

/** Runs the agent as a whole process; ends it with the error's exit status when the agent cannot go on. */
export async function runAgent(logger: Logger): Promise<void> {
  const ending = Promise.withResolvers<AgentEnd>();
  await runService(
    async () => {
      const read = readConfig();
      if (read.kind === 'help') throw new TypeError('help is answered before');
      logger.level = read.values.debug ? 'debug' : read.values.logLevel;
      logger.info(describeSources(read.sources), 'configuration read');
      return agentOptions(read.values, logger, ending.resolve);
    },
    {
      logger,
      onListening: (service) => {
        ending.promise
          .then(async ({ error }) => {
            if (error !== undefined) {
              logger.fatal({ err: error, code: error.code }, 'the agent ended');
              process.stderr.write(startFailureText(error, error));
            }
            await service.stop();
            process.exit(error?.mapping.exit ?? 0);
          })
          .catch((error: unknown) => {
            logger.fatal({ err: error }, 'the agent could not end');
            process.exit(70);
          });
      },
    },
  );
}
