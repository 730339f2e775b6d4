import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toMesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import { readPrivateFile, writePrivateFile } from '@meshery/security';
import type { SignInCodes } from '@meshery/security';
import type { AdminSecret } from './admin-secret.ts';

/** Life of the code for the first sign-in: whoever installs may be called away. */
const firstCodeLifeMs = 24 * 3_600_000;
/** Life of a code where nobody sits in front of the machine: a container's log is read later. */
const laterCodeLifeMs = 3_600_000;

/** What a FirstOwner needs. */
export interface FirstOwnerDeps {
  readonly dataDir: string;
  readonly codes: SignInCodes;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where else the code is shown. */
  readonly secret: AdminSecret | undefined;
}

/**
 * Lets the owner into a server that nobody sits in front of. Until somebody signed in there is one code: it outlives
 * restarts in `<data-dir>/initial-admin-code` (0600) and is gone from everywhere with its use.
 */
export class FirstOwner {
  readonly #deps: FirstOwnerDeps;
  readonly #codeFile: string;
  readonly #ownerFile: string;
  #isAwaited = false;

  constructor(deps: FirstOwnerDeps) {
    this.#deps = deps;
    this.#codeFile = join(deps.dataDir, 'initial-admin-code');
    this.#ownerFile = join(deps.dataDir, 'keys', 'owner.json');
  }

  /** Says how to sign in. Rejects with `meshery-config-1102` when the data folder cannot be used. */
  async invite(): Promise<void> {
    const { codes, logger } = this.#deps;
    if ((await readPrivateFile(this.#ownerFile)) !== undefined) {
      await this.#forgetCode();
      logger.warn(linkOf(codes.issue(laterCodeLifeMs)), 'one-time sign-in link, good for an hour');
      return;
    }
    this.#isAwaited = true;
    const code = (await this.#openCode()) ?? (await this.#newCode());
    await this.#tellCluster((secret) => secret.publish(code), 'the code of the first sign-in is not in its Secret');
  }

  /** Called before a code is used up: from the first time on the server has an owner. Rejects with `meshery-config-1102`. */
  async welcome(): Promise<void> {
    if (!this.#isAwaited) return;
    const since = new Date(this.#deps.clock.now()).toISOString();
    await writePrivateFile(this.#ownerFile, `${JSON.stringify({ since })}\n`);
    this.#isAwaited = false;
    await this.#forgetCode();
  }

  /** The code of an earlier start, while it is good; the log had it then. */
  async #openCode(): Promise<string | undefined> {
    const { clock, codes, logger } = this.#deps;
    const code = (await readPrivateFile(this.#codeFile))?.trim();
    if (code === undefined) return undefined;
    const restMs = (await stat(this.#codeFile)).mtimeMs + firstCodeLifeMs - clock.now();
    if (restMs <= 0) return undefined;
    codes.admit(code, restMs);
    logger.warn({ file: this.#codeFile }, 'nobody has signed in yet: the one-time code is in this file');
    return code;
  }

  async #newCode(): Promise<string> {
    const { codes, logger } = this.#deps;
    const code = codes.issue(firstCodeLifeMs);
    await writePrivateFile(this.#codeFile, `${code}\n`);
    logger.warn(linkOf(code), 'one-time link for the first sign-in, good for 24 hours');
    return code;
  }

  async #forgetCode(): Promise<void> {
    await rm(this.#codeFile, { force: true });
    await this.#tellCluster((secret) => secret.withdraw(), 'the used code of the first sign-in is still in its Secret');
  }

  /** The file and the log have the code as well: a cluster that does not answer keeps nobody out. */
  async #tellCluster(tell: (secret: AdminSecret) => Promise<void>, failure: string): Promise<void> {
    const { secret, logger } = this.#deps;
    if (secret === undefined) return;
    try {
      await tell(secret);
    } catch (error) {
      const { code, message, remedy } = toMesheryError(error);
      logger.warn({ secret: secret.name, code, reason: message, remedy }, failure);
    }
  }
}

function linkOf(code: string): { readonly signIn: string } {
  return { signIn: `/auth/local?code=${code}` };
}
