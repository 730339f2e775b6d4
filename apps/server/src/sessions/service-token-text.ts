import { hash } from 'node:crypto';

/** What every token of a program begins with: it is told from others at sight, also by scanners for secrets. */
export const serviceTokenPrefix = 'meshery_st_';

/** What a token is found by; the token itself is not kept. */
export function serviceTokenHash(token: string): string {
  return hash('sha256', token, 'base64');
}
