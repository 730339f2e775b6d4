import { isAllowedHost, whyExchangeRefused, whyOriginRefused } from './index.ts';

const local = { remoteAddress: '127.0.0.1', headers: { host: 'localhost:9081' } };

describe('token exchange on loopback', () => {
  test.each([
    ['IPv4', local],
    ['IPv6', { remoteAddress: '::1', headers: { host: '[::1]:9081' } }],
    ['IPv4 mapped into IPv6', { remoteAddress: '::ffff:127.0.0.1', headers: { host: '127.0.0.1' } }],
    ['with the cookies of a command-line client', { ...local, headers: { host: 'localhost', cookie: 'token=' } }],
  ])('is granted: %s', (_name, peer) => {
    expect(whyExchangeRefused(peer)).toBeUndefined();
  });

  const withHeader = (name: string, value: string) => ({ ...local, headers: { ...local.headers, [name]: value } });
  test.each([
    ['another machine', { ...local, remoteAddress: '10.0.0.4' }],
    ['an unknown peer', { ...local, remoteAddress: undefined }],
    ['an address that only starts like loopback', { ...local, remoteAddress: '127.evil.example' }],
    ['no Host', { ...local, headers: {} }],
    ['a foreign Host', { ...local, headers: { host: 'evil.example' } }],
    ['a Host that ends like a local one', { ...local, headers: { host: 'localhost.evil.example' } }],
    ['a Host with user info', { ...local, headers: { host: 'localhost@evil.example' } }],
    ['Origin', withHeader('origin', 'http://localhost:9081')],
    ['null Origin', withHeader('origin', 'null')],
    ['Sec-Fetch-Site', withHeader('sec-fetch-site', 'same-origin')],
    ['X-Forwarded-For', withHeader('x-forwarded-for', '127.0.0.1')],
    ['any X-Forwarded header', withHeader('x-forwarded-port', '9081')],
    ['Forwarded', withHeader('forwarded', 'for=127.0.0.1')],
    ['Via', withHeader('via', '1.1 proxy')],
    ['X-Real-IP', withHeader('x-real-ip', '127.0.0.1')],
  ])('is refused: %s', (_name, peer) => {
    expect(whyExchangeRefused(peer)).toEqual(expect.any(String));
  });
});

describe('Host check', () => {
  const rule = { allowedHosts: ['meshery.example'] };
  test.each(['localhost', 'localhost:9081', '127.0.0.1:9081', '[::1]:9081', 'app.localhost', 'MESHERY.example:443'])(
    'accepts %s',
    (host) => {
      expect(isAllowedHost(host, rule)).toBe(true);
    },
  );
  test.each([undefined, '', 'evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'a@localhost', 'a b'])(
    'refuses %s',
    (host) => {
      expect(isAllowedHost(host, rule)).toBe(false);
    },
  );
});

describe('origin check', () => {
  const host = 'localhost:9081';
  test.each([
    ['a program', { host }],
    ['the own page', { host, origin: 'http://localhost:9081', 'sec-fetch-site': 'same-origin' }],
    ['a typed address', { host, 'sec-fetch-site': 'none' }],
    ['a listed origin', { host, origin: 'http://localhost:3000' }],
  ])('accepts %s', (_name, headers) => {
    expect(whyOriginRefused(headers, ['http://localhost:3000'])).toBeUndefined();
  });
  test.each([
    ['another site', { host, origin: 'https://evil.example' }],
    ['another port', { host, origin: 'http://localhost:9999' }],
    ['null', { host, origin: 'null' }],
    ['two origins', { host, origin: ['http://localhost:9081', 'http://localhost:9081'] }],
    ['a cross-site form without Origin', { host, 'sec-fetch-site': 'cross-site' }],
    ['a sibling site without Origin', { host, 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', (_name, headers) => {
    expect(whyOriginRefused(headers, [])).toEqual(expect.any(String));
  });
});
