import type { ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';

/** Bytes of a number as protobuf writes it. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Bytes of a field that holds `size` bytes, its tag and length included. */
export function fieldSize(size: number): number {
  return 1 + varintSize(size) + size;
}

/** Bytes of a text field, none when it is empty; measured sizes are kept in the order in which writing needs them. */
export function measureText(text: string, sizes: number[]): number {
  if (text === '') return 0;
  const size = Buffer.byteLength(text, 'utf8');
  sizes.push(size);
  return fieldSize(size);
}

/** Bytes of everything in an object but its JSON text. */
export function measureColumns(object: ObjectChange, sizes: number[]): number {
  let total = object.type === 0 ? 0 : 1 + varintSize(object.type);
  for (const text of textsOf(object)) total += measureText(text, sizes);
  for (const key of Object.keys(object.labels)) {
    const slot = sizes.push(0) - 1;
    const size = measureText(key, sizes) + measureText(object.labels[key] ?? '', sizes);
    sizes[slot] = size;
    total += fieldSize(size);
  }
  return total;
}

/** Writes what `measureColumns` measured. */
export function writeColumns(object: ObjectChange, target: MessageWriter): void {
  if (object.type !== 0) target.number(1, object.type);
  let field = 2;
  for (const text of textsOf(object)) {
    target.text(field, text);
    field += 1;
  }
  for (const key of Object.keys(object.labels)) {
    target.message(9, target.next());
    target.text(1, key);
    target.text(2, object.labels[key] ?? '');
  }
}

/** Fields 2 to 8, in the order of their numbers. */
function textsOf(object: ObjectChange): readonly string[] {
  const { uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp } = object;
  return [uid, apiVersion, kind, namespace, name, resourceVersion, creationTimestamp];
}

/** Writes protobuf fields into a buffer, with sizes that were measured before; field numbers stay below 16. */
export class MessageWriter {
  readonly #buffer: Buffer;
  readonly #sizes: readonly number[];
  #offset: number;
  #nextSize = 0;

  constructor(buffer: Buffer, offset: number, sizes: readonly number[]) {
    this.#buffer = buffer;
    this.#offset = offset;
    this.#sizes = sizes;
  }

  /** Where the next byte goes. */
  get offset(): number {
    return this.#offset;
  }

  /** The next measured size. */
  next(): number {
    const size = this.#sizes[this.#nextSize];
    this.#nextSize += 1;
    if (size === undefined) throw new RangeError('the message changed while it was written');
    return size;
  }

  bytes(data: Uint8Array): void {
    this.#buffer.set(data, this.#offset);
    this.#offset += data.byteLength;
  }

  number(field: number, value: number): void {
    this.#buffer[this.#offset] = field << 3;
    this.#offset += 1;
    this.#varint(value);
  }

  message(field: number, size: number): void {
    this.#buffer[this.#offset] = (field << 3) | 2;
    this.#offset += 1;
    this.#varint(size);
  }

  text(field: number, text: string): void {
    if (text === '') return;
    this.message(field, this.next());
    this.#offset += this.#buffer.write(text, this.#offset, 'utf8');
  }

  #varint(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) {
      this.#buffer[this.#offset] = (rest % 128) | 0x80;
      this.#offset += 1;
    }
    this.#buffer[this.#offset] = rest;
    this.#offset += 1;
  }
}
