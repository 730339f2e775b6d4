import { preferredVersion } from './openapi-documents.ts';

test.each([
  [['v1', 'v2', 'v1beta1'], 'v2'],
  [['v1beta2', 'v1beta10', 'v3alpha1'], 'v1beta10'],
  [['v10', 'v9'], 'v10'],
  [['foo1', 'v1alpha1'], 'v1alpha1'],
  [['b', 'a'], 'a'],
  [[], ''],
])('of %j it is %s', (versions, preferred) => {
  expect(preferredVersion(versions)).toBe(preferred);
});
