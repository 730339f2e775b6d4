import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Batch } from '../generated/meshery/ingest/v1/ingest.ts';
import type { ChangeType, ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import { packedOf } from './change-packer.ts';
import type { PackedChanges, PackedObjects } from './change-packer.ts';
import { encodeChanges } from './encode-batch.ts';

/** One change whose JSON text is left as UTF-8: `json` is empty, `text` a view of the message. */
export interface RawChange extends ObjectChange {
  readonly text: Uint8Array;
}

/** A decoded Changes message. */
export interface RawChanges {
  readonly objects: RawChange[];
  readonly resourceVersion: string;
}

/** Field of Batch that holds the Changes, and the tag that it is written with. */
const changesField = 11;

/**
 * Decodes a Batch, but leaves Changes encoded, as PackedChanges whose bytes are a view of `data`. Throws what the
 * generated code throws when the bytes are no Batch; whether the objects can be read shows `decodeChanges`.
 */
export function decodeBatch(data: Uint8Array): Batch {
  const range = findChanges(data);
  if (range === undefined) return Batch.decode(data);
  const [tagAt, start, end] = range;
  const rest = Buffer.concat([data.subarray(0, tagAt), data.subarray(end)]);
  const packed = new ReceivedObjects(data.subarray(start, end));
  const value: PackedChanges = { objects: [], resourceVersion: '', packed };
  return { ...Batch.decode(rest), body: { $case: 'changes', value } };
}

/** The same batch with its changes as objects with texts, for readers that take no bytes. */
export function unpackBatch(batch: Batch): Batch {
  if (batch.body?.$case !== 'changes' || packedOf(batch.body.value) === undefined) return batch;
  const { objects, resourceVersion } = decodeChanges(encodeChanges(batch.body.value));
  const value = { objects: objects.map(withJson), resourceVersion };
  return { ...batch, body: { $case: 'changes', value } };
}

function withJson({ text, ...change }: RawChange): ObjectChange {
  return { ...change, json: Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf8') };
}

/** Where the Changes stand: from their tag, from their first byte, to their end. */
function findChanges(data: Uint8Array): readonly [number, number, number] | undefined {
  const reader = new BinaryReader(data);
  while (reader.pos < reader.len) {
    const tagAt = reader.pos;
    const [field, wire] = reader.tag();
    if (field === changesField && wire === WireType.LengthDelimited) {
      const size = reader.uint32();
      const end = reader.pos + size;
      if (end > reader.len) throw new RangeError('the message is cut off');
      return [tagAt, reader.pos, end];
    }
    reader.skip(wire, field);
  }
  return undefined;
}

/** Changes as they arrived: their position is part of the bytes. */
class ReceivedObjects implements PackedObjects {
  readonly count: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.count = countObjects(bytes);
  }

  encoded(): Uint8Array {
    return this.#bytes;
  }

  release(): void {
    // The bytes belong to nobody else.
  }
}

function countObjects(bytes: Uint8Array): number {
  const reader = new FieldReader(bytes);
  let count = 0;
  while (reader.next()) if (reader.field === 1) count += 1;
  return count;
}

/** Decodes a Changes message without making strings of the JSON texts. Throws a RangeError when it is none. */
export function decodeChanges(bytes: Uint8Array): RawChanges {
  const reader = new FieldReader(bytes);
  const objects: RawChange[] = [];
  let resourceVersion = '';
  while (reader.next()) {
    if (reader.field === 1) objects.push(decodeObject(reader.bytes()));
    else if (reader.field === 2) resourceVersion = reader.text();
  }
  return { objects, resourceVersion };
}

const noText: Uint8Array = new Uint8Array(0);

function decodeObject(bytes: Uint8Array): RawChange {
  const reader = new FieldReader(bytes);
  const texts = ['', '', '', '', '', '', '', '', ''];
  const labels = Object.create(null) as Record<string, string>;
  let type: ChangeType = 0;
  let text = noText;
  while (reader.next()) {
    if (reader.field === 1) type = reader.number as ChangeType;
    else if (reader.field < 9) texts[reader.field] = reader.text();
    else if (reader.field === 9) readLabel(reader.bytes(), labels);
    else if (reader.field === 10) text = reader.bytes();
  }
  const [, , uid = '', apiVersion = '', kind = '', namespace = '', name = '', resourceVersion = ''] = texts;
  const creationTimestamp = texts[8] ?? '';
  return { type, uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp, labels, json: '', text };
}

function readLabel(bytes: Uint8Array, labels: Record<string, string>): void {
  const reader = new FieldReader(bytes);
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
  }
  labels[key] = value;
}

/** Walks over the fields of one message. */
class FieldReader {
  field = 0;
  /** The value, when the field is a number. */
  number = 0;
  readonly #data: Buffer;
  #at = 0;
  #start = 0;

  constructor(data: Uint8Array) {
    this.#data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }

  /** Goes to the next field; false at the end. */
  next(): boolean {
    if (this.#at >= this.#data.length) return false;
    const tag = this.#varint();
    this.field = tag >>> 3;
    const wire: WireType = tag & 7;
    if (wire === WireType.Varint) this.number = this.#varint();
    else if (wire === WireType.LengthDelimited) this.#skip(this.#varint());
    else if (wire === WireType.Bit32) this.#skip(4);
    else if (wire === WireType.Bit64) this.#skip(8);
    else throw new RangeError(`field ${String(this.field)} has the unknown wire type ${String(wire)}`);
    return true;
  }

  bytes(): Uint8Array {
    return this.#data.subarray(this.#start, this.#at);
  }

  text(): string {
    return this.#data.toString('utf8', this.#start, this.#at);
  }

  #skip(size: number): void {
    this.#start = this.#at;
    this.#at += size;
    if (this.#at > this.#data.length) throw new RangeError('the message is cut off');
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#data[this.#at];
      if (byte === undefined || factor > 2 ** 49) throw new RangeError('a number in the message is cut off');
      this.#at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }
}
