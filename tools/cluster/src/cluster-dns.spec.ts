import { corefile } from './cluster-dns.ts';

test('the cluster DNS asks the host for other names only when the host has name servers', () => {
  expect(corefile(['192.0.2.53', '192.0.2.54'])).toContain('    forward . 192.0.2.53 192.0.2.54\n');
  expect(corefile([])).not.toContain('forward');
});
