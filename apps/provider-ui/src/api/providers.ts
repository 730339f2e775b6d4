/** What the page needs of a provider, as `GET /api/providers` answers it. */
export interface ProviderProperties {
  readonly providerType: 'local' | 'remote';
  readonly providerName: string;
  readonly providerDescription: readonly string[];
  readonly issuers?: readonly { readonly name: string; readonly path: string }[];
}

/** A provider as the stream of states tells it. */
export interface ListedProvider {
  readonly key: string;
  readonly status: 'checking' | 'online' | 'offline';
  readonly properties: ProviderProperties;
  readonly error?: string;
}

/** The providers of the server; their states are told by `followProviders`. */
export async function listProviders(signal: AbortSignal): Promise<readonly ListedProvider[]> {
  const response = await fetch('/api/providers', { signal });
  if (!response.ok) throw new Error(`status ${String(response.status)}`);
  const map = (await response.json()) as Readonly<Record<string, ProviderProperties>>;
  return Object.entries(map).map(([key, properties]) => ({ key, status: 'checking', properties }));
}

/** Calls the listener with every provider and at every change until the signal aborts; the browser connects again. */
export function followProviders(listener: (changed: ListedProvider) => void, signal: AbortSignal): void {
  const source = new EventSource('/api/providers/stream');
  signal.addEventListener('abort', () => source.close());
  source.addEventListener('provider', ({ data }: MessageEvent<string>) => {
    listener(JSON.parse(data) as ListedProvider);
  });
}
