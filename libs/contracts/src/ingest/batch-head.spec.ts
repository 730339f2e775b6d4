import { Batch, ChangeType } from '../generated/meshery/ingest/v1/ingest.ts';
import { readBatchHead } from './batch-head.ts';

const change = {
  type: ChangeType.CHANGE_TYPE_UPSERT,
  uid: 'u',
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: 'n',
  name: 'x',
  resourceVersion: '1',
  creationTimestamp: '',
  labels: { a: 'b' },
  json: '{"a":"ü"}',
};
const batch: Batch = {
  clusterId: 'c',
  incarnation: 'i',
  kind: 'pods.v1.',
  epoch: 3,
  sequence: 2 ** 40,
  producedAtUnixMs: 1,
  body: { $case: 'changes', value: { objects: [change, change], resourceVersion: '9' } },
};
const bytes = Batch.encode(batch).finish();

test('reads the head', () => {
  expect(readBatchHead(bytes)).toEqual({
    clusterId: 'c',
    incarnation: 'i',
    kind: 'pods.v1.',
    epoch: 3,
    sequence: 2 ** 40,
  });
});

test('passes over unknown fields', () => {
  const later = Buffer.concat([bytes, Buffer.from('f80101fa0103616263', 'hex')]);
  expect(readBatchHead(later)?.sequence).toBe(2 ** 40);
});

test('accepts nothing that the whole decoder refuses: every cut and every changed byte', () => {
  let refused = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    for (const variant of [bytes.slice(0, index), bytes.map((byte, at) => (at === index ? byte ^ 0xff : byte))]) {
      if (readBatchHead(variant) === undefined) refused += 1;
      else expect(() => Batch.decode(variant)).not.toThrow();
    }
  }
  expect(refused).toBeGreaterThan(bytes.length);
});

test.each([
  ['no cluster', { ...batch, clusterId: '' }],
  ['no run', { ...batch, incarnation: '' }],
  ['no body', { ...batch, body: undefined }],
])('refuses a batch with %s', (_name, value) => {
  expect(readBatchHead(Batch.encode(value).finish())).toBeUndefined();
});
