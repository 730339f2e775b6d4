import { X509Certificate } from 'node:crypto';
import { bridgeNameOf, bridgeUri, createAuthority, issueCertificate } from './index.ts';

const now = Date.UTC(2030, 0, 1);
const year = 365 * 86_400_000;
const authority = { name: 'Meshery ingest', ...createAuthority('Meshery ingest', now) };
const raw = (pem: string): Buffer => new X509Certificate(pem).raw;

function clientOf(uri: string): Buffer {
  return raw(issueCertificate(authority, { kind: 'client', uri }, now).cert);
}

test('a listener certificate names its hosts and is signed by the authority', () => {
  const { cert } = issueCertificate(authority, { kind: 'server', names: ['localhost', '127.0.0.1'] }, now);
  const parsed = new X509Certificate(cert);
  expect(parsed.checkHost('localhost')).toBe('localhost');
  expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(parsed.verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
});

test('only a peer may be a client as well as a listener', () => {
  const usages = (['server', 'peer'] as const).map((kind) => {
    return new X509Certificate(issueCertificate(authority, { kind, names: ['localhost'] }, now).cert).keyUsage;
  });
  expect(usages).toEqual([['1.3.6.1.5.5.7.3.1'], ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']]);
});

test('a bridge is known by its URI', () => {
  expect(bridgeNameOf(clientOf(bridgeUri('edge-1')), authority.cert, now)).toBe('edge-1');
});

test('certificates of others, outside their time or without a bridge URI are nobody', () => {
  const other = { name: authority.name, ...createAuthority(authority.name, now) };
  const foreign = issueCertificate(other, { kind: 'client', uri: bridgeUri('edge-1') }, now);
  const listener = issueCertificate(authority, { kind: 'server', names: ['localhost'] }, now);
  const good = clientOf(bridgeUri('edge-1'));
  expect(bridgeNameOf(raw(foreign.cert), authority.cert, now)).toBeUndefined();
  expect(bridgeNameOf(raw(listener.cert), authority.cert, now)).toBeUndefined();
  expect(bridgeNameOf(raw(authority.cert), authority.cert, now)).toBeUndefined();
  expect(bridgeNameOf(good, authority.cert, now + 3 * year)).toBeUndefined();
  expect(bridgeNameOf(good, authority.cert, now - year)).toBeUndefined();
  expect(bridgeNameOf(clientOf('spiffe://evil/bridge/edge-1'), authority.cert, now)).toBeUndefined();
  expect(bridgeNameOf(clientOf('spiffe://meshery/bridge/../x'), authority.cert, now)).toBeUndefined();
});
