import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bitString, boolean, element, integer, objectId, octetString, sequence, set, time, utf8String } from './der.ts';

/** Whom a certificate names. */
interface Subject {
  readonly commonName: string;
  readonly organization?: string;
}

/** What a certificate is to be good for. */
export interface CertificateRequest {
  readonly subject: Subject;
  /** DNS names and IPv4 addresses; with any, the certificate is one for servers as well as for clients. */
  readonly names?: readonly string[];
}

/** A private key with its certificate, both PEM. */
interface KeyAndCertificate {
  readonly keyPem: string;
  readonly certificatePem: string;
}

/** A certificate authority that lives as long as its key is kept. */
export interface Authority extends KeyAndCertificate {
  readonly subject: Subject;
}

const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;
const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};

/** A new P-256 key as PKCS #8 and its public half as SPKI, both PEM. */
export function newKeyPair(): { privatePem: string; publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Makes a self-signed certificate authority (RFC 5280). */
export function newAuthority(commonName: string): Authority {
  const subject = { commonName };
  const { privatePem } = newKeyPair();
  const key = createPrivateKey(privatePem);
  const extensions = [
    extension(OID.basicConstraints, true, sequence(boolean(true))),
    extension(OID.keyUsage, true, bitString(Buffer.from([0x86]), 1)),
  ];
  return {
    subject,
    keyPem: privatePem,
    certificatePem: certificate({ subject, issuer: subject, key, issuerKey: key, extensions }),
  };
}

/** Makes a key and a certificate for it, signed by the authority. */
export function issue(authority: Authority, request: CertificateRequest): KeyAndCertificate {
  const { privatePem } = newKeyPair();
  const names = request.names ?? [];
  const usages = names.length === 0 ? [OID.clientAuth] : [OID.serverAuth, OID.clientAuth];
  const extensions = [
    extension(OID.basicConstraints, true, sequence()),
    extension(OID.keyUsage, true, bitString(Buffer.from([0xa0]), 5)),
    extension(OID.extendedKeyUsage, false, sequence(...usages.map(objectId))),
  ];
  if (names.length > 0) extensions.push(extension(OID.subjectAltName, false, sequence(...names.map(generalName))));
  const issuerKey = createPrivateKey(authority.keyPem);
  const key = createPrivateKey(privatePem);
  return {
    keyPem: privatePem,
    certificatePem: certificate({ subject: request.subject, issuer: authority.subject, key, issuerKey, extensions }),
  };
}

interface CertificateParts {
  readonly subject: Subject;
  readonly issuer: Subject;
  readonly key: KeyObject;
  readonly issuerKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

function certificate(parts: CertificateParts): string {
  const algorithm = sequence(objectId(OID.ecdsaWithSha256));
  const now = Date.now();
  const validity = sequence(time(new Date(now - DAY_MS)), time(new Date(now + VALID_DAYS * DAY_MS)));
  const keyIds = [
    extension(OID.subjectKeyId, false, octetString(keyId(parts.key))),
    extension(OID.authorityKeyId, false, sequence(element(0x80, keyId(parts.issuerKey)))),
  ];
  const body = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    distinguishedName(parts.issuer),
    validity,
    distinguishedName(parts.subject),
    spki(parts.key),
    element(0xa3, sequence(...parts.extensions, ...keyIds)),
  );
  const signed = sequence(body, algorithm, bitString(sign('sha256', body, parts.issuerKey)));
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function spki(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest();
}

function distinguishedName(subject: Subject): Buffer {
  const attribute = (id: string, value: string): Buffer => set(sequence(objectId(id), utf8String(value)));
  const organization = subject.organization === undefined ? [] : [attribute(OID.organization, subject.organization)];
  return sequence(...organization, attribute(OID.commonName, subject.commonName));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

function generalName(name: string): Buffer {
  return isIPv4(name)
    ? element(0x87, Buffer.from(name.split('.').map(Number)))
    : element(0x82, Buffer.from(name, 'ascii'));
}
