import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { Provider } from './provider.ts';

/** The providers of this server, by registration key. */
export class Providers {
  readonly #providers: ReadonlyMap<string, Provider>;

  constructor(providers: readonly Provider[]) {
    this.#providers = new Map(providers.map((provider) => [provider.name, provider]));
  }

  /** The provider of this name; undefined when it is not here. */
  find(name: string): Provider | undefined {
    return this.#providers.get(name);
  }

  /** The provider that vouches for the user of a request. Throws `meshery-auth-1201` when it is not here any more. */
  of(ctx: RequestContext): Provider {
    const provider = this.find(ctx.user.provider);
    if (provider !== undefined) return provider;
    throw new MesheryError('meshery-auth-1201', 'The token is not valid: its provider is not registered here.', {
      probableCause: 'The server was started without the provider that you signed in with.',
      remedy: 'Sign in again at /provider.',
    });
  }
}
