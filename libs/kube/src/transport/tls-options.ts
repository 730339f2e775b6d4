import { createSecureContext } from 'node:tls';
import type { ConnectionOptions, SecureContext, SecureContextOptions } from 'node:tls';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { kubeconfigMalformed } from '../kube-errors.ts';

/** The part of a connection's options that comes from the kubeconfig. */
export type TlsOptions = Pick<ConnectionOptions, 'secureContext' | 'servername' | 'rejectUnauthorized'>;

/**
 * How a socket of one cluster speaks TLS. One context for all connections: certificates are parsed and kept once, not
 * once per watch. Throws `meshery-kube-1301` when the certificates are unusable.
 */
export function tlsOptions(access: ClusterAccess): TlsOptions {
  const { ca, cert, key } = access;
  const secureContext = makeSecureContext({
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert, key }),
  });
  return {
    secureContext,
    ...(access.tlsServerName === undefined ? {} : { servername: access.tlsServerName }),
    ...(access.insecureSkipTlsVerify ? { rejectUnauthorized: false } : {}),
  };
}

function makeSecureContext(parts: SecureContextOptions): SecureContext {
  try {
    return createSecureContext(parts);
  } catch (error) {
    throw kubeconfigMalformed(
      'the certificates',
      'the CA, certificate or key is not PEM, or they do not fit together',
      error,
    );
  }
}
