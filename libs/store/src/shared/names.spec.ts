import { likePattern } from './like-pattern.ts';
import { familyName } from './family-name.ts';
import { modelOf } from './model-of.ts';
import { decodePublishedId } from './published-id.ts';
import { uidKey } from '../sqlite/uid-key.ts';

test.each([
  ['v1', 'kubernetes'],
  ['apps/v1', 'kubernetes'],
  ['rbac.authorization.k8s.io/v1', 'kubernetes'],
  ['networking.istio.io/v1', 'istio'],
  ['example.com/v1', 'example'],
  ['single/v1', 'single'],
])('the model of %s is %s', (apiVersion, model) => {
  expect(modelOf(apiVersion)).toBe(model);
});

test('versions of a kind are one family, groups are not', () => {
  expect(familyName('widgets.v1.example.com')).toBe(familyName('widgets.v1beta1.example.com'));
  expect(familyName('events.v1.')).not.toBe(familyName('events.v1.events.k8s.io'));
});

test('wildcards of LIKE are escaped', () => {
  expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%');
});

test('a published id is read in every way that its dots allow', () => {
  const id = Buffer.from('c.Role.rbac.authorization.k8s.io/v1.ns.a.b').toString('base64');
  expect(decodePublishedId(id)?.candidates).toContainEqual({ namespace: 'ns', name: 'a.b' });
  expect(decodePublishedId('not base64!')).toBeUndefined();
  expect(decodePublishedId(Buffer.from('a.b.c').toString('base64'))).toBeUndefined();
});

test('uid keys are whole numbers below 2^48, whatever the uid is', () => {
  for (const uid of ['3e6b1b9c-9f3a-4c55-8d1e-aaaaaaaaaaaa', 'x'.repeat(36), '', '漢字', 'mirror-pod']) {
    expect(Number.isSafeInteger(uidKey(uid))).toBe(true);
    expect(uidKey(uid)).toBeLessThan(2 ** 48);
    expect(uidKey(uid)).toBeGreaterThanOrEqual(0);
  }
});
