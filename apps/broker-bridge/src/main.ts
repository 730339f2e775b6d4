import { setFlagsFromString } from 'node:v8';
import { describeSources } from '@meshery/config';
import { createLogger } from '@meshery/observability';
import { runService, trimHeap } from '@meshery/service';
import { bridgeOptions } from './bridge-options.ts';
import { readConfig } from './config.ts';

// Everything that passes through is a large buffer and garbage a moment later, beside a heap of a few megabytes: V8 would
// mark that heap after every 64 MB of them: half of the bridge's time in a sync. One short pause now and then is cheaper.
setFlagsFromString('--external-memory-accounted-in-global-limit');
setFlagsFromString('--no-incremental-marking');
// Helper threads cost more than they do in a heap of this size.
setFlagsFromString('--no-parallel-scavenge');
// A collection stops everything, for as long as the heap is large: hundreds of idle links alone would cause one every
// ten seconds.
setFlagsFromString('--heap-growing-percent=50');

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
  await trimHeap({ atWork: true, logger });
}
