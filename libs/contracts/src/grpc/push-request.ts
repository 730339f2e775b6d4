import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Batch, PushRequest } from '../generated/meshery/ingest/v1/ingest.ts';
import { decodeBatch } from '../ingest/decode-batch.ts';

/** Tag of PushRequest.batch: field 1, length-delimited. */
const batchTag = 0x0a;

/** The Batch of a PushRequest, its changes as `decodeBatch` leaves them. */
export function decodePushRequest(data: Uint8Array): PushRequest {
  const reader = new BinaryReader(data);
  let batch: Batch | undefined;
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1 && wire === WireType.LengthDelimited) batch = decodeBatch(reader.bytes());
    else reader.skip(wire, field);
  }
  return { batch };
}

/** A PushRequest around an encoded Batch. */
export function encodePushRequest(batch: Uint8Array): Buffer {
  const prefix = [batchTag];
  for (let rest = batch.byteLength; ; rest >>>= 7) {
    prefix.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  return Buffer.concat([Uint8Array.from(prefix), batch]);
}
