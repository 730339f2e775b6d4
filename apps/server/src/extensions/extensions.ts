import type { RequestContext } from '@meshery/observability';
import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../provider/local/tenancy.ts';
import type { PassedAnswer, ProviderCall } from '../provider/remote/provider-client.ts';
import { Remotes } from '../provider/remote/remote.ts';
import type { Remote } from '../provider/remote/remote.ts';
import { notOffered } from '../provider/remote/remote-requests.ts';
import { PackageStore } from './package-store.ts';
import type { PackageFile } from './package-store.ts';
import { answersGraphql } from './provider-graphql.ts';
import { unpacked } from './unpack.ts';
import { untar } from './untar.ts';

/** What a remote provider adds to this server: a package of files for the dashboard, and answers of its own. */
@Injectable()
export class Extensions {
  readonly #remotes: Remotes;
  readonly #packages: PackageStore;

  constructor(@Inject(Remotes) remotes: Remotes, @Inject(PackageStore) packages: PackageStore) {
    this.#remotes = remotes;
    this.#packages = packages;
  }

  /** Installs the package that the provider names now; answers its version. */
  async install(ctx: RequestContext): Promise<string> {
    const { key, listing, client } = this.#remoteOf(ctx);
    const { packageUrl, packageVersion } = listing.current.properties;
    const url = URL.canParse(packageUrl, client.url) ? new URL(packageUrl, client.url) : undefined;
    // Whatever address a provider names, this server fetches from nobody but the provider itself.
    if (packageUrl === '' || url?.origin !== new URL(client.url).origin) throw notOffered('package', key);
    const { status, content } = await client.pass(url.pathname, {
      query: Object.fromEntries(url.searchParams),
      signal: ctx.signal,
    });
    if (status !== 200) throw notOffered('package', key);
    await this.#packages.install(key, packageVersion, untar(await unpacked(content)));
    ctx.logger.info({ provider: key, packageVersion }, 'extension installed');
    return packageVersion;
  }

  async remove(ctx: RequestContext): Promise<void> {
    const { key } = this.#remoteOf(ctx);
    await this.#packages.remove(key);
    ctx.logger.info({ provider: key }, 'extension removed');
  }

  async version(ctx: RequestContext): Promise<string> {
    const version = await this.#packages.version(this.#remoteOf(ctx).key);
    if (version === undefined) throw notFound('extension');
    return version;
  }

  async file(ctx: RequestContext, name: string): Promise<PackageFile> {
    const found = await this.#packages.read(this.#remoteOf(ctx).key, name);
    if (found === undefined) throw notFound('file of the extension');
    return found;
  }

  /** Whether the provider of the user answers GraphQL at a path of its own. */
  answersGraphql(ctx: RequestContext, path: string): boolean {
    const listed = this.#remotes.find(ctx.user.provider)?.listing.current.properties.extensions.graphql ?? [];
    return answersGraphql(listed, path);
  }

  /** Asks the provider on behalf of the user; status and body are the provider's. */
  pass(ctx: RequestContext, path: string, call: ProviderCall): Promise<PassedAnswer> {
    const { client, sessions } = this.#remoteOf(ctx);
    return sessions.ask(ctx.user, (token) => client.pass(path, { ...call, token, signal: ctx.signal }));
  }

  #remoteOf(ctx: RequestContext): Remote {
    const remote = this.#remotes.find(ctx.user.provider);
    if (remote === undefined) throw notOffered('extensions', ctx.user.provider);
    return remote;
  }
}
