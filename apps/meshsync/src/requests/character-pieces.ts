/** Bytes of one message: JSON escapes them to at most six times as many, still far below a broker's limit. */
const pieceBytes = 16 * 1024;

/** Longest UTF-8 sequence. */
const longest = 4;

/**
 * Cuts a byte stream into pieces that never end within a UTF-8 sequence; what is not UTF-8 passes through. At most three
 * bytes wait for the next chunk.
 */
export class CharacterPieces {
  #held: Buffer = Buffer.alloc(0);

  /** The pieces that are complete now. */
  push(chunk: Buffer): readonly Buffer[] {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const pieces: Buffer[] = [];
    let start = 0;
    while (start < bytes.length) {
      const end = characterEnd(bytes, start, Math.min(start + pieceBytes, bytes.length));
      if (end === start) break;
      pieces.push(bytes.subarray(start, end));
      start = end;
    }
    this.#held = Buffer.from(bytes.subarray(start));
    return pieces;
  }

  /** What is left at the end of the stream; empty when it ended well. */
  rest(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }
}

/** The last place up to `end` that is not within a sequence. */
function characterEnd(bytes: Buffer, start: number, end: number): number {
  for (let back = 1; back < longest && end - back >= start; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return lengthOf(byte) > back ? end - back : end;
  }
  return end;
}

function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
