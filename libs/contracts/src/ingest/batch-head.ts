import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** What moves a batch along; its body stays as it is. */
export interface BatchHead {
  readonly clusterId: string;
  readonly incarnation: string;
  readonly kind: string;
  readonly epoch: number;
  readonly sequence: number;
}

/** The message types inside a batch: field number to type, for the fields that hold messages. */
interface Shape {
  readonly [field: number]: Shape;
}

const leaf: Shape = {};
/** ObjectChange holds the label map in field 9. */
const objectChange: Shape = { 9: leaf };
/** Bodies of a Batch: snapshot_begin, changes, snapshot_end, kind_report, agent_report. */
const bodies: Shape = { 10: leaf, 11: { 1: objectChange }, 12: leaf, 13: leaf, 14: leaf };

/**
 * Reads the head of an encoded Batch without making objects of its body, and proves that the body can be decoded.
 * Undefined when it cannot, or when cluster id, incarnation or body are missing.
 */
export function readBatchHead(data: Uint8Array): BatchHead | undefined {
  try {
    const { head, hasBody } = scan(data);
    return head.clusterId !== '' && head.incarnation !== '' && hasBody ? head : undefined;
  } catch {
    return undefined;
  }
}

function scan(data: Uint8Array): { readonly head: BatchHead; readonly hasBody: boolean } {
  const reader = new BinaryReader(data);
  const texts = ['', '', '', ''];
  const numbers = [0, 0, 0, 0, 0, 0];
  let hasBody = false;
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field <= 3 && wire === WireType.LengthDelimited) texts[field] = reader.string();
    else if (field <= 5 && wire === WireType.Varint) numbers[field] = safeNumber(reader.uint64());
    else if (wire === WireType.LengthDelimited && bodies[field] !== undefined) {
      checkMessage(reader.bytes(), bodies[field]);
      hasBody = true;
    } else reader.skip(wire, field);
  }
  const [, clusterId = '', incarnation = '', kind = ''] = texts;
  return { head: { clusterId, incarnation, kind, epoch: numbers[4] ?? 0, sequence: numbers[5] ?? 0 }, hasBody };
}

/** Throws when the bytes are not a sequence of fields; follows the messages that `shape` names. */
function checkMessage(data: Uint8Array, shape: Shape): void {
  const reader = new BinaryReader(data);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const inner = shape[field];
    if (inner !== undefined && wire === WireType.LengthDelimited) checkMessage(reader.bytes(), inner);
    else reader.skip(wire, field);
  }
  if (reader.pos > reader.len) throw new RangeError('the message is cut off');
}

function safeNumber(value: bigint | string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('a number is too large');
  return number;
}
