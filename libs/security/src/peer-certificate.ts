import { X509Certificate } from 'node:crypto';

const bridgePrefix = 'spiffe://meshery/bridge/';

/**
 * The name of the bridge that a client certificate vouches for; undefined unless the certificate was signed by the
 * authority itself, is within its time, and carries exactly one SAN `spiffe://meshery/bridge/<name>`. TLS has already
 * proven that the peer holds the key.
 */
export function bridgeNameOf(certificate: Buffer, authorityPem: string, nowMs: number): string | undefined {
  const peer = new X509Certificate(certificate);
  const authority = new X509Certificate(authorityPem);
  if (peer.ca || !peer.checkIssued(authority) || !peer.verify(authority.publicKey)) return undefined;
  if (peer.validFromDate.getTime() > nowMs || peer.validToDate.getTime() < nowMs) return undefined;
  const names = (peer.subjectAltName ?? '').split(', ');
  const [only] = names;
  if (names.length !== 1 || only === undefined || !only.startsWith(`URI:${bridgePrefix}`)) return undefined;
  const name = only.slice(`URI:${bridgePrefix}`.length);
  return /^[\w.-]{1,128}$/.test(name) ? name : undefined;
}

/** The SAN of a bridge's certificate. */
export function bridgeUri(name: string): string {
  return `${bridgePrefix}${name}`;
}
