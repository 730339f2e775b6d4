import { createHash } from 'node:crypto';

/** The UUID of what has this identity: the same wherever and whenever it is registered (RFC 9562, version 8). */
export function registryId(...identity: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
  return [...groups, hex.slice(20, 32)].join('-');
}

/** Tells whether content has changed. */
export function contentDigest(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
