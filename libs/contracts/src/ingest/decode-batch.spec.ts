import fc from 'fast-check';
import { Batch, Changes } from '../generated/meshery/ingest/v1/ingest.ts';
import type { ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import { packedOf } from './change-packer.ts';
import { decodeBatch, decodeChanges, unpackBatch } from './decode-batch.ts';
import { encodeBatch, encodeChanges } from './encode-batch.ts';
import { anyChange } from '../testing/any-change.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const object = anyChange(text, fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength: 300 })));
const head = { clusterId: 'c', incarnation: 'i', kind: 'pods.v1.', epoch: 2 ** 40, sequence: 4, producedAtUnixMs: 5 };

function batchOf(objects: ObjectChange[], resourceVersion: string): Batch {
  return { ...head, body: { $case: 'changes', value: { objects, resourceVersion } } };
}

function changesIn(batch: Batch): Changes {
  if (batch.body?.$case !== 'changes') throw new Error('no changes');
  return batch.body.value;
}

/** Labels have no prototype, so that a key named __proto__ stays a key. */
function plainLabels(change: ObjectChange): ObjectChange {
  return { ...change, labels: Object.fromEntries(Object.entries(change.labels)) };
}

test('changes are read as the generated code reads them, their texts as views of the message', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 5 }), text, (objects, resourceVersion) => {
      const bytes = Changes.encode({ objects, resourceVersion }).finish();
      const decoded = decodeChanges(bytes);
      expect(decoded.resourceVersion).toBe(resourceVersion);
      const withTexts = decoded.objects.map(({ text: utf8, ...rest }) => {
        expect(utf8.byteLength === 0 || utf8.buffer === bytes.buffer).toBe(true);
        return { ...plainLabels(rest), json: Buffer.from(utf8).toString('utf8') };
      });
      expect(withTexts).toEqual(objects);
    }),
  );
});

test('a batch keeps its changes encoded, as a view of the message, and can be unpacked', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 3 }), text, (objects, resourceVersion) => {
      const batch = batchOf(objects, resourceVersion);
      const message = encodeBatch(batch);
      const decoded = decodeBatch(message);
      const packed = packedOf(changesIn(decoded));
      expect(packed?.count).toBe(objects.length);
      expect(packed?.encoded('').buffer).toBe(message.buffer);
      const unpacked = changesIn(unpackBatch(decoded));
      expect({ ...unpacked, objects: unpacked.objects.map(plainLabels) }).toEqual(changesIn(batch));
      expect(Buffer.from(encodeBatch(decoded)).equals(Buffer.from(encodeBatch(batch)))).toBe(true);
    }),
  );
});

test('batches without changes are decoded at once', () => {
  const batch: Batch = { ...head, body: { $case: 'snapshotEnd', value: { resourceVersion: '7', objectCount: 1 } } };
  expect(decodeBatch(Batch.encode(batch).finish())).toEqual(batch);
  expect(unpackBatch(batch)).toBe(batch);
});

test('fields that a newer agent may add are passed over', () => {
  const known = encodeChanges({ objects: [], resourceVersion: '9' });
  // Field 15 as a number, as 32 and 64 bits, and as bytes.
  const unknown = [0x78, 0x81, 0x01, 0x7d, 1, 2, 3, 4, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7a, 2, 0xff, 0xff];
  expect(decodeChanges(Uint8Array.from([...unknown, ...known]))).toEqual({ objects: [], resourceVersion: '9' });
});

test.each([
  ['a length beyond the end', [0x0a, 0x05, 0x08]],
  ['a number that does not end', [0x08, 0x80]],
  ['an object that is cut off', [0x0a, 0x02, 0x12, 0x05]],
  ['an unknown wire type', [0x0b]],
])('%s is refused', (_what, bytes) => {
  expect(() => decodeChanges(Uint8Array.from(bytes))).toThrow(RangeError);
});
