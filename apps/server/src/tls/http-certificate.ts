import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Server } from 'node:tls';
import { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { ServerConfig } from '../config.ts';
import { FollowedFiles } from './followed-files.ts';

/** A certificate with its key, PEM. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** What HTTPS is served with; undefined without TLS. Rejects with `meshery-config-1100`. */
export async function readTlsPair({ tlsCert, tlsKey }: ServerConfig): Promise<TlsPair | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const [cert, key] = await Promise.all([readPem(tlsCert), readPem(tlsKey)]);
  return { cert, key };
}

/** Follows the files of the certificate of a listener: new connections get the one that they hold now. Undefined without TLS. */
export function followTlsPair(
  listener: object,
  config: ServerConfig,
  { before, ...parts }: { readonly before: TlsPair | undefined; readonly clock: Clock; readonly logger: Logger },
): FollowedFiles<TlsPair | undefined> | undefined {
  if (before === undefined) return undefined;
  const files = new FollowedFiles({
    ...{ ...parts, what: 'the certificate of HTTPS', before },
    read: () => readTlsPair(config),
    apply: (pair) => {
      createSecureContext(pair);
      (listener as Server).setSecureContext({ ...pair });
    },
  });
  files.start();
  return files;
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MesheryError('meshery-config-1100', `The TLS file ${path} cannot be read.`, {
      remedy: 'Check --tls-cert and --tls-key.',
      cause,
    });
  }
}
