import { connect } from 'node:tls';
import type { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { checkClientCertificate } from '../kubeconfig/cluster-access.ts';
import { apiServerUnreachable, certificateExpired, reasonOf, serverNotTrusted } from '../kube-errors.ts';

const untrustedCodes: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Longest look at the server's certificate, in ms. */
const peekTimeoutMs = 3000;

/** Turns what the transport threw into the coded error with the remedy that fits. */
export async function explainTransportError(
  error: unknown,
  access: ClusterAccess,
  clock: Clock,
): Promise<MesheryError> {
  const reason = reasonOf(error);
  if (reason === 'CERT_HAS_EXPIRED') return certificateExpired('server', await serverExpiry(access), error);
  if (untrustedCodes.has(reason)) return serverNotTrusted(access.server, error);
  return clientCertificateFault(access, clock) ?? apiServerUnreachable(access.server, error);
}

function clientCertificateFault(access: ClusterAccess, clock: Clock): MesheryError | undefined {
  try {
    checkClientCertificate(access.cert, clock);
    return undefined;
  } catch (error) {
    return error as MesheryError;
  }
}

/** When the server's certificate expired: one TLS handshake without trust, nothing is sent. */
function serverExpiry(access: ClusterAccess): Promise<string> {
  const { server, lookup, tlsServerName } = access;
  const url = new URL(server);
  const unknown = 'an unknown time';
  return new Promise((resolve) => {
    const socket = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 443 : Number(url.port),
      rejectUnauthorized: false,
      timeout: peekTimeoutMs,
      ...(lookup === undefined ? {} : { lookup }),
      ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
    });
    const finish = (text: string): void => {
      socket.destroy();
      resolve(text);
    };
    socket.once('secureConnect', () => {
      finish(validTo(socket.getPeerX509Certificate()?.validToDate, unknown));
    });
    socket.once('timeout', () => {
      finish(unknown);
    });
    socket.once('error', () => {
      finish(unknown);
    });
  });
}

function validTo(date: Date | undefined, fallback: string): string {
  return date === undefined ? fallback : date.toISOString();
}
