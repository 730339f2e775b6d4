import { describeSources } from '@meshery/config';
import { createLogger } from '@meshery/observability';
import { runService } from '@meshery/service';
import { bridgeOptions } from './bridge-options.ts';
import { readConfig } from './config.ts';

const logger = createLogger({ service: 'broker-bridge' });
const asksForHelp = process.argv.some((argument) => argument === '--help' || argument === '-h');
if (asksForHelp) {
  const read = readConfig({ argv: ['--help'] });
  if (read.kind === 'help') process.stdout.write(read.text);
} else {
  await runService(
    () => {
      const read = readConfig();
      if (read.kind === 'help') throw new TypeError('help is answered before');
      logger.level = read.values.logLevel;
      logger.info(describeSources(read.sources), 'configuration read');
      return bridgeOptions(read.values, logger);
    },
    { logger },
  );
}
