import { readFile } from 'node:fs/promises';
import { MesheryError } from '@meshery/errors';

/** A certificate and its key, PEM. */
export interface TlsKeys {
  readonly cert: string;
  readonly key: string;
}

/** Where they are. */
export interface TlsFiles {
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
}

/** Reads certificate and key; undefined without both. Rejects with `meshery-config-1100` for one of them, or for none that can be read. */
export async function readTlsKeys({ tlsCert, tlsKey }: TlsFiles): Promise<TlsKeys | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  const remedy = 'Give both --tls-cert and --tls-key, PEM files that this program may read.';
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new MesheryError('meshery-config-1100', 'A certificate and its key belong together.', { remedy });
  }
  try {
    const [cert, key] = await Promise.all([readFile(tlsCert, 'utf8'), readFile(tlsKey, 'utf8')]);
    return { cert, key };
  } catch (cause) {
    throw new MesheryError('meshery-config-1100', 'The TLS files cannot be read.', { remedy, cause });
  }
}
