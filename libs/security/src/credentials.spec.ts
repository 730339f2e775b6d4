import { cookieValue, equalSecrets, isLocalProvider, presentedCredential, redactText } from './index.ts';

describe('presentedCredential', () => {
  test('prefers the Authorization header over the cookie', () => {
    const found = presentedCredential({ authorization: 'bearer abc', cookie: 'token=def; meshery-provider=Local' });
    expect(found).toEqual({ token: 'abc', provider: 'Local', source: 'header' });
  });

  test('reads the cookie and the provider header', () => {
    const found = presentedCredential({ cookie: 'a=b; token="x.y.z"', 'meshery-provider': ['None'] });
    expect(found).toEqual({ token: 'x.y.z', provider: 'None', source: 'cookie' });
  });

  test.each([undefined, 'Basic abc', 'Bearer', 'Bearer a b', 'Bearer  '])('finds no token in %s', (authorization) => {
    expect(presentedCredential({ authorization })).toMatchObject({ token: '', source: 'none' });
  });

  test('a cookie whose name only ends alike is another one', () => {
    expect(cookieValue('xtoken=1; token2=2', 'token')).toBeUndefined();
  });
});

test('None is the older name of the Local provider', () => {
  expect(['Local', 'none', 'NONE', '', undefined].every(isLocalProvider)).toBe(true);
  expect(isLocalProvider('Layer5')).toBe(false);
});

test('secrets are compared by value', () => {
  expect(equalSecrets('a', 'a')).toBe(true);
  expect(equalSecrets('a', 'ab')).toBe(false);
});

test('tokens, codes and user info are cut out of text', () => {
  const text =
    'GET https://u:p@host/auth/local?code=SECRET1&x=1 Authorization: Bearer SECRET2 eyJhbGciOi.SECRET3.SECRET4';
  expect(redactText(text)).not.toMatch(/SECRET|u:p/);
});
