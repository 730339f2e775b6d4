import { isLocalHostName } from '@meshery/security';
import { z } from 'zod';

/** True for an address that secrets may be sent to: https, or http on this machine. */
export function isCallable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const isPrivate =
    protocol === 'https:' || (protocol === 'http:' && isLocalHostName(hostname.replaceAll(/[[\]]/g, '')));
  return isPrivate && username === '' && password === '';
}

const endpoint = z.string().refine(isCallable, { error: 'is not an https address' });

/** What an issuer says of itself (OpenID Connect Discovery 1.0, section 3), as far as it is used here. */
export const issuerDocument = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  end_session_endpoint: endpoint.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
});
/** See `issuerDocument`. */
export type IssuerDocument = z.output<typeof issuerDocument>;
