import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bitString, der, objectId, tags, time } from './der.ts';

/** A certificate with its private key, PEM. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is for: a listener with names, one that dials others of its kind too, or a client with a SPIFFE-like URI. */
export type CertificatePurpose =
  | { readonly kind: 'server' | 'peer'; readonly names: readonly string[] }
  | { readonly kind: 'client'; readonly uri: string };

const day = 86_400_000;
const oid = {
  ecdsaSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  altName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;
const usages = { server: [oid.serverAuth], peer: [oid.serverAuth, oid.clientAuth], client: [oid.clientAuth] } as const;

/** Makes a self-signed authority for links between processes of one installation (RFC 5280, P-256). */
export function createAuthority(name: string, nowMs: number, days = 3650): CertificatePair {
  const key = newKey();
  const extensions = [
    extension(oid.basicConstraints, der(tags.sequence, der(tags.boolean, Buffer.from([0xff])))),
    extension(oid.keyUsage, bitString(Buffer.from([0x06]), 1)),
  ];
  return { key: pemOf(key), cert: certificate({ name, issuer: name, key, signer: key, extensions, nowMs, days }) };
}

/** Makes a certificate signed by an authority made here. */
export function issueCertificate(
  authority: CertificatePair & { readonly name: string },
  purpose: CertificatePurpose,
  nowMs: number,
): CertificatePair {
  const key = newKey();
  const names = purpose.kind === 'client' ? [der(0x86, Buffer.from(purpose.uri))] : purpose.names.map(hostName);
  const extensions = [
    extension(oid.keyUsage, bitString(Buffer.from([0x80]), 7)),
    extension(oid.extendedKeyUsage, der(tags.sequence, ...usages[purpose.kind].map(objectId))),
    extension(oid.altName, der(tags.sequence, ...names)),
  ];
  const name = purpose.kind === 'client' ? purpose.uri : (purpose.names[0] ?? purpose.kind);
  const signer = createPrivateKey(authority.key);
  return {
    key: pemOf(key),
    cert: certificate({ name, issuer: authority.name, key, signer, extensions, nowMs, days: 825 }),
  };
}

interface Parts {
  readonly name: string;
  readonly issuer: string;
  readonly key: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly nowMs: number;
  readonly days: number;
}

function certificate(parts: Parts): string {
  const algorithm = der(tags.sequence, objectId(oid.ecdsaSha256));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = der(
    tags.sequence,
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, serial),
    algorithm,
    distinguishedName(parts.issuer),
    der(tags.sequence, time(parts.nowMs - day), time(parts.nowMs + parts.days * day)),
    distinguishedName(parts.name),
    createPublicKey(parts.key).export({ type: 'spki', format: 'der' }),
    der(0xa3, der(tags.sequence, ...parts.extensions)),
  );
  const whole = der(tags.sequence, body, algorithm, bitString(sign('sha256', body, parts.signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function distinguishedName(commonName: string): Buffer {
  const attribute = der(tags.sequence, objectId(oid.commonName), der(tags.utf8, Buffer.from(commonName)));
  return der(tags.sequence, der(tags.set, attribute));
}

/** All of them are critical: who does not understand one must not accept the certificate. */
function extension(id: string, value: Buffer): Buffer {
  return der(tags.sequence, objectId(id), der(tags.boolean, Buffer.from([0xff])), der(tags.octetString, value));
}

function hostName(name: string): Buffer {
  return isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name, 'ascii'));
}
