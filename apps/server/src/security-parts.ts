import type { Clock, Logger } from '@meshery/observability';
import { RevocationList, SignInCodes, TokenAuthority, loadSigningKey } from '@meshery/security';
import type { ServerConfig } from './config.ts';
import { adminSecret } from './identity/first-owner/admin-secret.ts';
import { oidcSettings } from './identity/oidc/oidc-settings.ts';
import type { OidcSettings } from './identity/oidc/oidc-settings.ts';
import { FirstOwner } from './identity/first-owner/first-owner.ts';

/** What identity is made of; made once, before the first request. */
export interface SecurityParts {
  readonly authority: TokenAuthority;
  readonly codes: SignInCodes;
  readonly owner: FirstOwner;
  /** The issuer that people sign in with, if any. */
  readonly oidc: OidcSettings | undefined;
}

/** Loads or makes the keys of a data folder. Rejects with `meshery-config-1100` and `meshery-config-1102`. */
export async function loadSecurity(
  config: ServerConfig,
  parts: { readonly clock: Clock; readonly logger: Logger },
): Promise<SecurityParts> {
  const { dataDir } = config;
  const { clock } = parts;
  const oidc = await oidcSettings(config);
  const [key, revoked] = await Promise.all([loadSigningKey(dataDir), RevocationList.load(dataDir, clock)]);
  const codes = new SignInCodes({ clock });
  const owner = new FirstOwner({ ...parts, dataDir, codes, secret: adminSecret(config, clock) });
  return { authority: new TokenAuthority({ key, clock, revoked }), codes, owner, oidc };
}
