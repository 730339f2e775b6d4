import { MesheryError } from '@meshery/errors';
import { isLocalProvider, localProviderName } from '@meshery/security';

/** Settings that say which providers a server has. */
export interface ProviderSettings {
  /** Name of the only one; undefined when there may be several. */
  readonly provider: string | undefined;
  readonly providerUrls: readonly string[];
  readonly oidcIssuer: string | undefined;
}

/** The providers that a server has. */
export interface ChosenProviders {
  readonly providerUrls: readonly string[];
  /** Registration key of the remote provider that is the only one; undefined where people sign in to the Local one. */
  readonly soleRemote: string | undefined;
}

/** The providers that are left when one is the only one. Throws `meshery-config-1100` for a name that none of them has. */
export function chooseProviders({ provider, providerUrls, oidcIssuer }: ProviderSettings): ChosenProviders {
  if (provider === undefined) return { providerUrls, soleRemote: undefined };
  if (isLocalProvider(provider)) return { providerUrls: [], soleRemote: undefined };
  const url = providerUrls.find((one) => hostOf(one) === provider.toLowerCase());
  if (url === undefined) throw unknownProvider(providerUrls);
  if (oidcIssuer !== undefined) throw issuerOfNobody();
  return { providerUrls: [url], soleRemote: hostOf(url) };
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function unknownProvider(urls: readonly string[]): MesheryError {
  const names = [localProviderName, ...urls.map(hostOf)].join(', ');
  return new MesheryError('meshery-config-1100', 'Invalid settings: PROVIDER names none of the providers.', {
    probableCause: 'A remote provider is named by the host of its address, with the port if that has one.',
    remedy: `Name one of ${names}, add the address of another one to PROVIDER_BASE_URLS, or leave PROVIDER out.`,
  });
}

function issuerOfNobody(): MesheryError {
  return new MesheryError('meshery-config-1100', 'Invalid settings: MESHERY_OIDC_ISSUER beside a remote PROVIDER.', {
    probableCause: 'The issuer vouches for users of the Local provider, and PROVIDER lets none of them in.',
    remedy: 'Leave one of them out.',
  });
}
