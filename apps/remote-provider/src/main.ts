import { createLogger } from '@meshery/observability';
import { runService } from '@meshery/service';
import { Accounts } from './accounts.ts';
import { readConfig } from './config.ts';
import { providerOptions } from './provider-options.ts';
import { readTlsKeys } from './tls-keys.ts';

const logger = createLogger({ service: 'remote-provider' });
if (process.argv.some((argument) => argument === '--help' || argument === '-h')) {
  const read = readConfig(['--help']);
  if (read.kind === 'help') process.stdout.write(read.text);
} else {
  await runService(
    async () => {
      const read = readConfig();
      if (read.kind === 'help') throw new TypeError('help is answered before');
      const { users, logLevel, tlsCert, tlsKey, ...rest } = read.values;
      logger.level = logLevel;
      const tls = await readTlsKeys({ tlsCert, tlsKey });
      return providerOptions({ ...rest, tls, accounts: await Accounts.load(users), logger });
    },
    { logger },
  );
}
