import { toMesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import { z } from 'zod';
import { inBothSpellings } from '@meshery/object-model';
import type { ProviderListing } from '../../identity/provider-directory.ts';
import type { ListedProvider } from '../../identity/provider-list.ts';
import type { ProviderProperties } from '../../identity/provider-list.ts';
import type { ProviderClient } from './provider-client.ts';

const checkMs = 30_000;
const items = z.array(z.unknown()).max(200).default([]);

/** The capabilities document, as far as this server reads it. */
const documentSchema = z.looseObject({
  providerName: z.string().max(256).optional(),
  providerDescription: z.array(z.string().max(1024)).max(50).default([]),
  packageVersion: z.string().max(128).default(''),
  packageUrl: z.string().max(2048).default(''),
  extensions: z
    .object({ navigator: items, userPrefs: items, graphql: items, account: items, collaborator: items })
    .prefault({}),
  capabilities: z
    .array(z.object({ feature: z.string().max(128), endpoint: z.string().max(1024).default('') }))
    .max(200)
    .default([]),
  restrictedAccess: z.record(z.string(), z.unknown()).default({}),
  redirects: z.record(z.string(), z.string()).default({}),
});

/** What is known of a remote provider: asked at the start and every 30 seconds, so that nobody else waits for it. */
export class RemoteListing implements ProviderListing {
  readonly #client: ProviderClient;
  readonly #version: string;
  readonly #logger: Logger;
  readonly #listeners = new Set<(changed: ListedProvider) => void>();
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> | undefined;
  #current: ListedProvider;

  constructor(client: ProviderClient, { version, logger }: { readonly version: string; readonly logger: Logger }) {
    this.#client = client;
    this.#version = version;
    this.#logger = logger;
    const key = new URL(client.url).host;
    this.#current = { key, status: 'checking', properties: propertiesOf(documentSchema.parse({}), key, client.url) };
  }

  get current(): ListedProvider {
    return this.#current;
  }

  follow(listener: (changed: ListedProvider) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  /** Begins to ask; `stop` ends it. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#checking = this.check();
    }, checkMs);
    this.#checking = this.check();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#checking;
  }

  /** Asks now; never rejects. */
  async check(): Promise<void> {
    const { key } = this.#current;
    try {
      const { status, body } = await this.#client.call(`/${this.#version}/capabilities`);
      if (status !== 200) throw new TypeError(`status ${String(status)}`);
      this.#become({
        key,
        status: 'online',
        properties: propertiesOf(documentSchema.parse(body), key, this.#client.url),
      });
    } catch (error) {
      const { message } = toMesheryError(error);
      if (this.#current.status !== 'offline') this.#logger.warn({ provider: key, err: error }, 'provider is offline');
      this.#become({ ...this.#current, status: 'offline', error: message });
    }
  }

  #become(next: ListedProvider): void {
    const isChange = JSON.stringify(next) !== JSON.stringify(this.#current);
    this.#current = next;
    if (isChange) for (const listener of this.#listeners) listener(next);
  }
}

function propertiesOf(document: z.output<typeof documentSchema>, key: string, url: string): ProviderProperties {
  const { providerName, providerDescription, packageVersion, packageUrl } = document;
  const { extensions, capabilities, restrictedAccess, redirects } = document;
  const named = { providerType: 'remote', providerName: providerName ?? key, providerUrl: url, providerDescription };
  return {
    ...inBothSpellings(named),
    packageVersion,
    packageUrl,
    extensions,
    capabilities,
    restrictedAccess,
    redirects,
  } as unknown as ProviderProperties;
}
