import type { Expectation } from './expectation.ts';
import { featureExpectations } from './features.ts';

const guide = (section: string): string => `docs/guides/remote-provider.md, "${section}"`;

/** Every check by its id, in the order of the report. */
export const expectations: Readonly<Record<string, Expectation>> = {
  'address.https': {
    expected: 'the address begins with https, or is on this machine',
    reference: 'RFC 6749, 3.1 and 3.2',
  },
  'capabilities.document': {
    expected: 'GET /capabilities answers 200 with providerType "remote", providerName and capabilities',
    reference: guide('Capabilities'),
  },
  'capabilities.versioned': {
    expected: 'GET /v0.1.0/capabilities, as a server of that version asks, answers 200 with the same features',
    reference: guide('Capabilities'),
  },
  'capabilities.features': {
    expected: 'each feature is named once, with a known name, and its endpoint is an absolute path or missing',
    reference: guide('Features'),
  },
  'keys.set': { expected: 'GET /keys answers 200 with a list "keys" that is not empty', reference: 'RFC 7517, 5' },
  'keys.id': { expected: 'each key has a "kid" of its own', reference: 'RFC 7517, 4.5' },
  'keys.algorithm': {
    expected: 'each key is RSA of 2048 bits or more with the exponent 65537, and its "alg" is RS256 or missing',
    reference: 'RFC 8725, 3.1 and 3.2',
  },
  'keys.public': { expected: 'no key has private members', reference: 'RFC 7517, 9.2' },
  'keys.cache': {
    expected: 'Cache-Control has a max-age of a day at most, so that a new key is seen',
    reference: 'RFC 9111, 5.2.2.1',
  },
  'login.challenge': { expected: 'GET /login without a code_challenge is refused', reference: 'RFC 7636, 4.4.1' },
  'login.method': { expected: 'GET /login with the method "plain" is refused', reference: 'RFC 7636, 4.4.1; RFC 9700' },
  'login.callback': {
    expected: 'GET /login with a redirect_uri of another site answers 4xx and sends nobody there',
    reference: 'RFC 6749, 3.1.2.4',
  },
  'login.verifier': { expected: 'POST /token with a wrong code_verifier answers 4xx', reference: 'RFC 7636, 4.6' },
  'login.state': { expected: 'the callback gets "code" and the "state" that was sent', reference: 'RFC 6749, 4.1.2' },
  'login.tokens': {
    expected: 'POST /token answers 200 with access_token, token_type "bearer", refresh_token and expiry or expires_in',
    reference: 'RFC 6749, 5.1',
  },
  'login.no-store': { expected: 'the answer with tokens has Cache-Control: no-store', reference: 'RFC 6749, 5.1' },
  'login.signature': {
    expected: 'access_token is an RS256 JWT with "sub" and "exp", signed by the key of /keys that its "kid" names',
    reference: guide('Tokens'),
  },
  'login.code-once': { expected: 'POST /token with a code that was used answers 4xx', reference: 'RFC 6749, 4.1.2' },
  'introspect.active': {
    expected: 'POST /introspect of a live access token answers 200, and active is not false',
    reference: guide('Tokens'),
  },
  'introspect.unknown': {
    expected: 'POST /introspect of any text answers 401, or 200 with active false',
    reference: guide('Tokens'),
  },
  'introspect.tampered': {
    expected: 'POST /introspect of a token with changed claims answers 401, or 200 with active false',
    reference: 'RFC 7515, 5.2',
  },
  'introspect.unsigned': {
    expected: 'POST /introspect of the same claims with the algorithm "none" answers 401, or active false',
    reference: 'RFC 8725, 3.1',
  },
  ...featureExpectations(guide('Features')),
  'refresh.renews': {
    expected: 'POST /refresh answers 200 with a new token, which /introspect knows',
    reference: guide('Tokens'),
  },
  'refresh.rotates': { expected: 'the refresh token is a new one', reference: 'RFC 9700, 4.14.2' },
  'refresh.reuse': { expected: 'POST /refresh with a token that was used answers 4xx', reference: 'RFC 9700, 4.14.2' },
  'refresh.unknown': { expected: 'POST /refresh of any text answers 4xx', reference: 'RFC 6749, 5.2' },
  'logout.answers': { expected: 'GET /logout with a live token answers 2xx or 3xx', reference: guide('Tokens') },
  'revoke.answers': { expected: 'POST /revoke of a refresh token answers 200', reference: 'RFC 7009, 2.2' },
  'revoke.introspect': { expected: '/introspect does not know the access token any more', reference: 'RFC 7009, 2' },
  'revoke.refresh': { expected: '/refresh refuses the revoked token with 4xx', reference: 'RFC 7009, 2' },
  'revoke.unknown': { expected: 'POST /revoke of any text answers 200', reference: 'RFC 7009, 2.2' },
};
