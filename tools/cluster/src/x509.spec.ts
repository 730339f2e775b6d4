import { X509Certificate, createPrivateKey } from 'node:crypto';
import { objectId, time } from './der.ts';
import { issue, newAuthority } from './x509.ts';

describe('certificates', () => {
  const authority = newAuthority('a test');
  const ca = new X509Certificate(authority.certificatePem);

  test('of an authority are signed by itself and may sign', () => {
    expect(ca.ca).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.subject).toBe('CN=a test');
  });

  test('name subject and addresses, and hold for the key that comes with them', () => {
    const subject = { commonName: 'system:node:one', organization: 'system:nodes' };
    const issued = issue(authority, { subject, names: ['one', 'localhost', '10.250.0.11'] });
    const certificate = new X509Certificate(issued.certificatePem);
    expect(certificate.subject).toBe('O=system:nodes\nCN=system:node:one');
    expect(certificate.subjectAltName).toBe('DNS:one, DNS:localhost, IP Address:10.250.0.11');
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.keyPem))).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  test('are valid now and have serial numbers of their own', () => {
    const [one, two] = [1, 2].map(
      () => new X509Certificate(issue(authority, { subject: { commonName: 'x' } }).certificatePem),
    );
    expect(new Date(one?.validFrom ?? '').getTime()).toBeLessThan(Date.now());
    expect(new Date(one?.validTo ?? '').getTime()).toBeGreaterThan(Date.now() + 365 * 86_400_000);
    expect(one?.serialNumber).not.toBe(two?.serialNumber);
  });
});

test('DER writes identifiers in base 128 and changes the form of time in 2050', () => {
  expect(objectId('1.2.840.113549').toString('hex')).toBe('06062a864886f70d');
  expect(time(new Date('2049-12-31T23:59:59.9Z')).toString('latin1')).toBe('\x17\x0d491231235959Z');
  expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1')).toBe('\x18\x0f20500101000000Z');
});
