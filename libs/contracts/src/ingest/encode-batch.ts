import { Batch } from '../generated/meshery/ingest/v1/ingest.ts';
import type { Changes, ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import { isWrappable, packedOf } from './change-packer.ts';
import { MessageWriter, fieldSize, measureColumns, measureText, varintSize, writeColumns } from './message-writer.ts';

/**
 * Encodes a Batch; byte for byte what the generated code writes, which copies every text once for each level of nesting.
 * Packed changes get their head and end written around them and are not copied: the answer is then a view of their
 * buffer, valid until they are released.
 */
export function encodeBatch(batch: Batch): Uint8Array {
  if (batch.body?.$case !== 'changes') return Batch.encode(batch).finish();
  const changes = batch.body.value;
  const head = Batch.encode({ ...batch, body: undefined }).finish();
  const packed = packedOf(changes);
  if (packed !== undefined && isWrappable(packed)) return packed.wrap(head, changes.resourceVersion);
  const body = encodeChanges(changes);
  const buffer = Buffer.allocUnsafeSlow(head.byteLength + 1 + varintSize(body.byteLength) + body.byteLength);
  const target = new MessageWriter(buffer, 0, []);
  target.bytes(head);
  target.message(11, body.byteLength);
  target.bytes(body);
  return buffer;
}

/** Encodes a Changes message; packed changes are encoded already, and the answer is a view of their bytes. */
export function encodeChanges(changes: Changes): Uint8Array {
  const packed = packedOf(changes);
  if (packed !== undefined) return packed.encoded(changes.resourceVersion);
  const sizes: number[] = [];
  const buffer = Buffer.allocUnsafeSlow(measureChanges(changes, sizes));
  const target = new MessageWriter(buffer, 0, sizes);
  for (const object of changes.objects) {
    target.message(1, target.next());
    writeColumns(object, target);
    target.text(10, object.json);
  }
  target.text(2, changes.resourceVersion);
  if (target.offset !== buffer.byteLength) throw new RangeError('the message changed while it was written');
  return buffer;
}

function measureChanges(changes: Changes, sizes: number[]): number {
  let total = 0;
  for (const object of changes.objects) {
    const slot = sizes.push(0) - 1;
    const size = measureObject(object, sizes);
    sizes[slot] = size;
    total += fieldSize(size);
  }
  return total + measureText(changes.resourceVersion, sizes);
}

function measureObject(object: ObjectChange, sizes: number[]): number {
  return measureColumns(object, sizes) + measureText(object.json, sizes);
}
