import { safeTarget } from './return-target.ts';

describe('a target after sign-in', () => {
  test.each(['/', '/?kind=Pod&q=a%20b&object=u-1', '/404/', '/?q=https://elsewhere.example/', '/?label=a%5Cb'])(
    'may be %s',
    (target) => {
      expect(safeTarget(target)).toBe(target);
    },
  );

  test.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/?q=\\',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/a b',
    '/?q=\u0000',
    '/?q=\u007f',
    '/\r\nset-cookie: token=x',
    '/\u2028/evil.example',
    '/ä',
    'javascript:alert(1)',
    'evil.example',
    '?kind=Pod',
    '',
    `/${'x'.repeat(2048)}`,
    ['/'],
    undefined,
  ])('is not %j', (target) => {
    expect(safeTarget(target)).toBeUndefined();
  });
});
