import { setFlagsFromString } from 'node:v8';
import { describeSources } from '@meshery/config';
import { createLogger } from '@meshery/observability';
import { runService } from '@meshery/service';
import { readConfig } from './config.ts';
import { operatorOptions } from './operator-options.ts';

// There is little to do and much to wait for: memory counts for more than speed.
setFlagsFromString('--optimize-for-size');

const logger = createLogger({ service: 'operator' });
const asksForHelp = process.argv.some((argument) => argument === '--help' || argument === '-h');
if (asksForHelp) {
  const read = readConfig({ argv: ['--help'] });
  if (read.kind === 'help') process.stdout.write(read.text);
} else {
  await runService(
    async () => {
      const read = readConfig();
      if (read.kind === 'help') throw new TypeError('help is answered before');
      logger.level = read.values.logLevel;
      logger.info(describeSources(read.sources), 'configuration read');
      return operatorOptions(read.values, logger);
    },
    { logger },
  );
}
