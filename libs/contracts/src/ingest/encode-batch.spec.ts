import fc from 'fast-check';
import { Batch } from '../generated/meshery/ingest/v1/ingest.ts';
import { encodeBatch } from './encode-batch.ts';
import { anyChange } from '../testing/any-change.ts';

const text = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const object = anyChange(text);
const number = fc.oneof(fc.nat(200), fc.maxSafeNat());
const batch = fc.record({
  clusterId: text,
  incarnation: text,
  kind: text,
  epoch: number,
  sequence: number,
  producedAtUnixMs: number,
  body: fc.oneof(
    fc.record({
      $case: fc.constant('changes' as const),
      value: fc.record({ objects: fc.array(object, { maxLength: 5 }), resourceVersion: text }),
    }),
    fc.constant({ $case: 'snapshotBegin' as const, value: {} }),
    fc.constant(undefined),
  ),
});

test('writes byte for byte what the generated code writes', () => {
  fc.assert(
    fc.property(batch, (value) => {
      expect(Buffer.from(encodeBatch(value)).equals(Batch.encode(value).finish())).toBe(true);
    }),
  );
});

test('writes texts with lone surrogates as the generated code does', () => {
  const value = { clusterId: 'c', incarnation: 'i', kind: 'k', epoch: 1, sequence: 1, producedAtUnixMs: 0 };
  const change = {
    type: 1 as const,
    uid: '',
    apiVersion: '',
    kind: '',
    namespace: '',
    name: '',
    resourceVersion: '',
    creationTimestamp: '',
    labels: {},
    json: 'a\ud800b',
  };
  const lone: Batch = { ...value, body: { $case: 'changes', value: { objects: [change], resourceVersion: '' } } };
  expect(Buffer.from(encodeBatch(lone)).equals(Batch.encode(lone).finish())).toBe(true);
});
