import fc from 'fast-check';
import { Batch } from '../generated/meshery/ingest/v1/ingest.ts';
import type { ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import { BufferPool } from './buffer-pool.ts';
import { ChangePacker } from './change-packer.ts';
import { encodeBatch } from './encode-batch.ts';
import { anyChange } from '../testing/any-change.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const object = anyChange(text, fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength: 400 })));
const head = { clusterId: 'c', incarnation: 'i', kind: 'pods.v1.', epoch: 3, sequence: 4, producedAtUnixMs: 5 };

function pack(pool: BufferPool, objects: readonly ObjectChange[]) {
  const packer = new ChangePacker(pool);
  for (const { json, ...change } of objects) packer.add({ ...change, json: '' }, Buffer.from(json));
  return packer.take();
}

function batchOf(value: object): Batch {
  return { ...head, body: { $case: 'changes', value: { objects: [], resourceVersion: '', ...value } } };
}

describe('ChangePacker', () => {
  test('gives byte for byte what the generated code writes for the same objects, also when repeated', () => {
    const pool = new BufferPool(2048, 2);
    fc.assert(
      fc.property(fc.array(object, { maxLength: 6 }), text, (objects, resourceVersion) => {
        const packed = pack(pool, objects);
        const expected = Batch.encode(batchOf({ objects, resourceVersion })).finish();
        const batch = batchOf({ packed, resourceVersion });
        expect(Buffer.from(encodeBatch(batch)).equals(expected)).toBe(true);
        expect(Buffer.from(encodeBatch(batch)).equals(expected)).toBe(true);
        packed.release();
      }),
    );
  });

  test('uses a released buffer again, and refuses to encode what is released', () => {
    const pool = new BufferPool(2048, 1);
    const first = pack(pool, []);
    const bytes = encodeBatch(batchOf({ packed: first }));
    first.release();
    first.release();
    expect(() => encodeBatch(batchOf({ packed: first }))).toThrow('released');
    expect(encodeBatch(batchOf({ packed: pack(pool, []) })).buffer).toBe(bytes.buffer);
    expect(encodeBatch(batchOf({ packed: pack(pool, []) })).buffer).not.toBe(bytes.buffer);
  });

  test('replaces what is not UTF-8, so that readers take the message', () => {
    const packer = new ChangePacker(new BufferPool(2048, 1));
    const change = { type: 1 as const, uid: 'u', apiVersion: '', kind: '', namespace: '', name: '', labels: {} };
    packer.add({ ...change, resourceVersion: '', creationTimestamp: '', json: '' }, Buffer.from([0x22, 0xff, 0x22]));
    const batch = Batch.decode(encodeBatch(batchOf({ packed: packer.take() })));
    expect(batch.body).toMatchObject({ value: { objects: [{ json: '"\ufffd"' }] } });
  });
});
