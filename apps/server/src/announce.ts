import { spawn } from 'node:child_process';
import type { Logger } from '@meshery/observability';
import { writeAuthFile } from '@meshery/security';
import type { ServerConfig } from './config.ts';
import { localUser } from './identity/local-user.ts';
import type { SecurityParts } from './security-parts.ts';

/** Where the announcement goes. */
export interface Announcement {
  readonly config: ServerConfig;
  readonly security: SecurityParts;
  readonly logger: Logger;
  /** Address that the server listens on. */
  readonly url: string;
  readonly print: (line: string) => void;
}

/**
 * Lets the owner in: writes the token file of command-line clients, and prints or opens the sign-in link. In a
 * container there is no home to write to, and the code goes to the log and to where its owner looks. Where a remote
 * provider is the only one, nobody is let in here.
 */
export async function announce(announcement: Announcement): Promise<void> {
  const { config, security, logger, url, print } = announcement;
  const address = url.replace('//127.0.0.1:', '//localhost:');
  if (config.soleRemote !== undefined) {
    // The token file may be that of somebody who is signed in there.
    print(`Meshery listens on ${address}; people sign in with ${config.soleRemote}`);
    return;
  }
  if (config.authFile === undefined) {
    await security.owner.invite();
    return;
  }
  await writeAuthFile(config.authFile, await security.authority.issue(localUser));
  const link = `${address}/auth/local?code=${security.codes.issue()}`;
  print(`Meshery listens on ${address}`);
  print(`Sign in (good once, for 60 seconds): ${link}`);
  if (config.browser) openBrowser(link, logger);
}

function openBrowser(link: string, logger: Logger): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [link], { stdio: 'ignore', detached: true });
  child.once('error', () => {
    logger.debug({ opener }, 'no browser could be opened');
  });
  child.unref();
}
