import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** The only algorithm that is signed with and accepted. */
export const signingAlgorithm = 'ES256';

/** The server's own key pair. */
export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/**
 * Loads the signing key of a data folder (`keys/local-provider.jwk`), or makes it at the first start.
 * Rejects with `meshery-config-1102` when the file is unreadable, malformed or readable by others.
 */
export async function loadSigningKey(dataFolder: string): Promise<SigningKey> {
  const path = join(dataFolder, 'keys', 'local-provider.jwk');
  const text = await readPrivateFile(path);
  if (text !== undefined) return keyFrom(parseKey(text, path), path);
  const pair = await generateKeyPair(signingAlgorithm, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  await writePrivateFile(path, `${JSON.stringify({ ...jwk, alg: signingAlgorithm, use: 'sig' })}\n`);
  return keyFrom(jwk, path);
}

function parseKey(text: string, path: string): JWK {
  try {
    return JSON.parse(text) as JWK;
  } catch (cause) {
    throw malformed(path, cause);
  }
}

async function keyFrom(jwk: JWK, path: string): Promise<SigningKey> {
  try {
    const { kty, crv, x, y, d } = jwk as JWK & Record<'kty' | 'crv' | 'x' | 'y' | 'd', string>;
    const publicPart = { kty, crv, x, y };
    const [privateKey, publicKey, id] = await Promise.all([
      importJWK({ ...publicPart, d }, signingAlgorithm),
      importJWK(publicPart, signingAlgorithm),
      calculateJwkThumbprint(publicPart),
    ]);
    if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new TypeError('not a key pair');
    return { id, privateKey, publicKey };
  } catch (cause) {
    throw malformed(path, cause);
  }
}

function malformed(path: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-config-1102', `The signing key ${path} is damaged.`, {
    remedy: 'Delete the file and start again; everybody has to sign in anew.',
    cause,
  });
}
