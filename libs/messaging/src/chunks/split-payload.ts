import type { Headers } from '../broker.ts';
import { tooLarge } from '../broker-errors.ts';
import { chunkHeader, formatChunk, messageIdHeader } from './chunk-headers.ts';

/** One message to publish. */
export interface PayloadPart {
  readonly data: Uint8Array;
  readonly messageId: string;
  readonly headers: Headers;
}

/** Largest message that is split and put together again, in bytes. */
export const maxReassembledBytes = 10 * 1024 * 1024;

/** Room for headers and protocol in one message. */
const overheadBytes = 4096;

/**
 * Splits a message into parts that fit `maxPayload`; a small one stays a single part without chunk headers.
 * The parts share the bytes of `data`. Throws `meshery-messaging-1502` above 10 MB.
 */
export function splitPayload(data: Uint8Array, messageId: string, maxPayload: number): readonly PayloadPart[] {
  if (data.byteLength > maxReassembledBytes) throw tooLarge(data.byteLength, maxReassembledBytes);
  const room = Math.max(1, maxPayload - overheadBytes);
  if (data.byteLength <= room) return [{ data, messageId, headers: { [messageIdHeader]: messageId } }];
  const count = Math.ceil(data.byteLength / room);
  return Array.from({ length: count }, (_, index) => ({
    data: data.subarray(index * room, (index + 1) * room),
    messageId: `${messageId}#${index}`,
    headers: {
      [messageIdHeader]: messageId,
      [chunkHeader]: formatChunk({ index, count, totalBytes: data.byteLength }),
    },
  }));
}
