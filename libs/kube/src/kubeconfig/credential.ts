import { readFile } from 'node:fs/promises';
import type { Clock } from '@meshery/observability';
import { kubeconfigUnreadable } from '../kube-errors.ts';

/** Source of the Authorization header; asked for every request. */
export interface Credential {
  /** The header's value; undefined when nothing has to be sent. */
  authorization(): Promise<string | undefined>;
  /** Forgets what is cached, after a 401. */
  invalidate(): void;
}

/** How long a token read from a file is used before it is read again, in ms. */
const tokenFileCacheMs = 30_000;

/** Sends no Authorization header. */
export const noCredential: Credential = {
  authorization: () => Promise.resolve(undefined),
  invalidate: () => undefined,
};

/** A bearer token that never changes. */
export function staticTokenCredential(token: string): Credential {
  return { authorization: () => Promise.resolve(`Bearer ${token.trim()}`), invalidate: () => undefined };
}

/** HTTP basic authentication. */
export function basicCredential(username: string, password: string): Credential {
  const value = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return { authorization: () => Promise.resolve(value), invalidate: () => undefined };
}

/**
 * A bearer token in a file that others renew (bound service account tokens): read again every 30 s and after a 401.
 * While the file cannot be read the last token is used; rejects with `meshery-kube-1300` when there is none.
 */
export function fileTokenCredential(path: string, clock: Clock): Credential {
  let cached: string | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    async authorization() {
      if (cached !== undefined && clock.monotonic() - readAt < tokenFileCacheMs) return `Bearer ${cached}`;
      try {
        cached = (await readFile(path, 'utf8')).trim();
        readAt = clock.monotonic();
      } catch (error) {
        if (cached === undefined) throw kubeconfigUnreadable(path, error);
      }
      return `Bearer ${cached}`;
    },
    invalidate() {
      readAt = Number.NEGATIVE_INFINITY;
    },
  };
}
