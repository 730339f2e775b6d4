import { RevocationList, SignInCodes, TokenAuthority, loadSigningKey } from '@meshery/security';
import type { Clock } from '@meshery/observability';

/** What identity is made of; made once, before the first request. */
export interface SecurityParts {
  readonly authority: TokenAuthority;
  readonly codes: SignInCodes;
}

/** Loads or makes the keys of a data folder. Rejects with `meshery-config-1102`. */
export async function loadSecurity(dataDir: string, clock: Clock): Promise<SecurityParts> {
  const [key, revoked] = await Promise.all([loadSigningKey(dataDir), RevocationList.load(dataDir, clock)]);
  return { authority: new TokenAuthority({ key, clock, revoked }), codes: new SignInCodes({ clock }) };
}
