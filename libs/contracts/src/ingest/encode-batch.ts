import { Batch } from '../generated/meshery/ingest/v1/ingest.ts';
import type { Changes, ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import { MessageWriter, fieldSize, measureColumns, measureText, varintSize, writeColumns } from './message-writer.ts';
import { packedOf } from './change-packer.ts';

/**
 * Encodes a Batch; byte for byte what the generated code writes, which copies every text once for each level of nesting.
 * Packed changes get their head and end written around them and are not copied: the answer is then a view of their
 * buffer, valid until they are released.
 */
export function encodeBatch(batch: Batch): Uint8Array {
  if (batch.body?.$case !== 'changes') return Batch.encode(batch).finish();
  const changes = batch.body.value;
  const head = Batch.encode({ ...batch, body: undefined }).finish();
  return packedOf(changes)?.wrap(head, changes.resourceVersion) ?? encodeChanges(head, changes);
}

function encodeChanges(head: Uint8Array, changes: Changes): Uint8Array {
  const sizes: number[] = [];
  const bodySize = measureChanges(changes, sizes);
  const buffer = Buffer.allocUnsafeSlow(head.byteLength + 1 + varintSize(bodySize) + bodySize);
  const target = new MessageWriter(buffer, 0, sizes);
  target.bytes(head);
  target.message(11, bodySize);
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
