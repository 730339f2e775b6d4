import { localProviderName } from '@meshery/security';

/** Where a provider adds something to the dashboard. */
export type ExtensionPoint = 'navigator' | 'userPrefs' | 'graphql' | 'account' | 'collaborator';

/**
 * What published clients read of a provider. New clients take either spelling, older ones only the one with
 * underscores, so both are sent. An empty URL means that nobody has to sign in elsewhere.
 */
export interface ProviderProperties {
  readonly providerType: 'local' | 'remote';
  readonly provider_type: 'local' | 'remote';
  readonly providerName: string;
  readonly provider_name: string;
  readonly providerUrl: string;
  readonly provider_url: string;
  readonly providerDescription: readonly string[];
  readonly provider_description: readonly string[];
  readonly packageVersion: string;
  readonly packageUrl: string;
  /** Parts of the dashboard that come with the provider, by where they go. */
  readonly extensions: Readonly<Record<ExtensionPoint, readonly unknown[]>>;
  readonly capabilities: readonly { readonly feature: string; readonly endpoint: string }[];
  /** Which parts of the dashboard the users of the provider see; absent or empty: all. */
  readonly restrictedAccess?: Readonly<Record<string, unknown>>;
  /** Pages of the dashboard that lead to others. */
  readonly redirects?: Readonly<Record<string, string>>;
  /** Other services that vouch for users of this provider, and where signing in with one begins. */
  readonly issuers?: readonly ListedIssuer[];
}

/** A service that vouches for users. */
export interface ListedIssuer {
  /** For people, such as "Dex". */
  readonly name: string;
  readonly path: string;
}

/** Whether a provider answers. */
export type ProviderStatus = 'checking' | 'online' | 'offline';

/** A provider as it is known now. */
export interface ListedProvider {
  /** Registration key, such as "Local". */
  readonly key: string;
  readonly status: ProviderStatus;
  readonly properties: ProviderProperties;
  /** One sentence: why it is offline. */
  readonly error?: string;
}

/** The Local provider's older name; clients that were told to use it look for it here. */
const olderLocalName = 'None';
const description = ['Everything stays on this machine.', 'One user, no account elsewhere.'];

/**
 * The Local provider under both of its names: older clients fail on a map with a single entry when they are asked for
 * another name.
 */
export function localListings(version: string, issuers: readonly ListedIssuer[] = []): readonly ListedProvider[] {
  const names = [localProviderName, olderLocalName];
  return names.map((key) => ({ key, status: 'online', properties: { ...localProvider(key, version), issuers } }));
}

/** What the Local provider says of itself. */
export function localProvider(name: string, version: string): ProviderProperties {
  return {
    providerType: 'local',
    provider_type: 'local',
    providerName: name,
    provider_name: name,
    providerUrl: '',
    provider_url: '',
    providerDescription: description,
    provider_description: description,
    packageVersion: version,
    packageUrl: '',
    extensions: { navigator: [], userPrefs: [], graphql: [], account: [], collaborator: [] },
    capabilities: [],
  };
}
