import { hash } from 'node:crypto';

/** What every token of a program begins with: it is told from others at sight, also by scanners for secrets. */
export const serviceTokenPrefix = 'meshery_st_';

/** What the hash of a registered certificate begins with (RFC 8705 names it so); that of a token never does. */
const certificatePrefix = 'x5t#S256:';

/** What a certificate is found by. */
export function certificateHash(fingerprint: string): string {
  return certificatePrefix + fingerprint.replaceAll(':', '').toLowerCase();
}

/** The fingerprint of the certificate that a hash is of; undefined when it is of a token. */
export function fingerprintOf(hashed: string): string | undefined {
  return hashed.startsWith(certificatePrefix) ? hashed.slice(certificatePrefix.length) : undefined;
}

/** What a token is found by; the token itself is not kept. */
export function serviceTokenHash(token: string): string {
  return hash('sha256', token, 'base64');
}
