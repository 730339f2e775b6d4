import { MesheryError } from '@meshery/errors';
import { isLocalHostName } from '@meshery/security';

/** Where users may be sent back to after sign-in: servers on the user's own machine, and those that are listed. */
export class Callbacks {
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  /** The address, when it is allowed. Throws `meshery-core-1001`. */
  allow(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isOwn = url?.protocol === 'http:' && isLocalHostName(url.hostname.replaceAll(/[[\]]/g, ''));
    const isPlain = url !== undefined && url.username === '' && url.password === '';
    if (isPlain && (isOwn || this.#origins.has(url.origin))) return url;
    throw new MesheryError('meshery-core-1001', 'The address to go back to is not known here.', {
      probableCause: 'The server was moved, or a link of another site wants to catch your session.',
      remedy: 'Add the origin of the server to PROVIDER_CALLBACKS.',
    });
  }
}
