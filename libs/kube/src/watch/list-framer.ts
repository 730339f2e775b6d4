import { skipString } from '../json/json-scanner.ts';
import type { Framer, OnOversized } from './line-framer.ts';
import { PieceBuffer } from './piece-buffer.ts';

/** What a LIST document says besides its items. */
export interface ListEnvelope {
  readonly resourceVersion: string;
  /** Token of the next page; empty on the last one. */
  readonly continueToken: string;
}

const quote = 0x22;
const backslash = 0x5c;
/** Brackets and braces with bit 5 set. */
const opening = 0x7b;
const closing = 0x7d;

const maxEnvelopeBytes = 1024 * 1024;
/** Depth inside the array "items" of the document. */
const itemsDepth = 2;

/**
 * Cuts the objects out of a LIST document while it arrives: never the whole page as text or tree. What is not an item is
 * collected and read at the end.
 */
export class ListFramer implements Framer {
  readonly #envelope = new PieceBuffer(maxEnvelopeBytes);
  readonly #item: PieceBuffer;
  readonly #onOversized: OnOversized;
  #tail = '';
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  /** Start of what is not yet copied out of the current chunk. */
  #from = 0;
  #depth = 0;
  #deepest = 0;
  /** The chunk ended within a string, and with a backslash that escapes the next byte. */
  #inString = false;
  #escaped = false;
  #inItems = false;
  #closed = false;

  constructor(maxBytes: number, onOversized: OnOversized) {
    this.#item = new PieceBuffer(maxBytes);
    this.#onOversized = onOversized;
  }

  push(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#at = 0;
    this.#from = 0;
  }

  /** How deep the last item nests: 1 for an object without containers. */
  get nesting(): number {
    return this.#deepest - itemsDepth;
  }

  next(): Buffer | undefined {
    if (this.#inString) this.#skipString(this.#escaped ? 0 : -1);
    while (this.#at < this.#chunk.length) {
      const byte = this.#findBracket();
      if (byte === opening) this.#open();
      else if (byte === closing) {
        const item = this.#close();
        if (item !== undefined) return item;
      }
    }
    this.#keep(this.#chunk.length);
    return undefined;
  }

  /**
   * The hot loop: goes behind the next bracket that is not deep inside an item and says whether it opens or closes.
   * Most bytes of a list are seen here, once.
   */
  #findBracket(): number | undefined {
    const chunk = this.#chunk;
    // Inside an item only its end is of interest.
    const floor = this.#inItems ? itemsDepth + 1 : Number.MAX_SAFE_INTEGER;
    let depth = this.#depth;
    let deepest = this.#deepest;
    let found: number | undefined;
    let at = this.#at;
    while (at < chunk.length && found === undefined) {
      const byte = chunk[at] as number;
      // '[' 5b, ']' 5d, '{' 7b, '}' 7d: bit 5 tells brackets from braces, so one comparison finds each pair.
      const bracket = byte | 0x20;
      at = byte === quote ? this.#endOfString(at) : at + 1;
      if (bracket === opening) {
        depth += 1;
        if (depth > deepest) deepest = depth;
        if (depth <= floor) found = bracket;
      } else if (bracket === closing) {
        if (depth <= floor) found = bracket;
        depth -= 1;
      }
    }
    this.#at = at;
    this.#depth = depth;
    this.#deepest = deepest;
    return found;
  }

  /** Position after the string that starts at `at`, or the end of the chunk when it goes on in the next one. */
  #endOfString(at: number): number {
    const end = skipString(this.#chunk, at);
    if (end >= 0) return end;
    let backslashes = 0;
    for (let i = this.#chunk.length - 1; i > at && this.#chunk[i] === backslash; i -= 1) backslashes += 1;
    this.#inString = true;
    this.#escaped = backslashes % 2 === 1;
    return this.#chunk.length;
  }

  /** Goes on with a string from an earlier chunk; `at` is where its quote would be if it began just before. */
  #skipString(at: number): void {
    if (this.#chunk.length === 0) return;
    this.#inString = false;
    this.#at = this.#endOfString(at);
  }

  /** Reads the envelope; undefined when the document is not complete. */
  finish(): ListEnvelope | undefined {
    if (!this.#closed || this.#envelope.overLimit) return undefined;
    const document = JSON.parse(this.#envelope.take().toString('utf8')) as {
      metadata?: { resourceVersion?: unknown; continue?: unknown };
    };
    const { resourceVersion, continue: token } = document.metadata ?? {};
    return {
      resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
      continueToken: typeof token === 'string' ? token : '',
    };
  }

  #open(): void {
    if (this.#inItems) {
      if (this.#depth > itemsDepth + 1) return;
      this.#from = this.#at - 1;
      this.#deepest = this.#depth;
      return;
    }
    if (this.#chunk[this.#at - 1] !== 0x5b || this.#depth !== itemsDepth) return;
    this.#keep(this.#at);
    this.#inItems = /"items"\s*:\s*\[$/.test(this.#tail);
  }

  #close(): Buffer | undefined {
    if (this.#depth === 0) this.#closed = true;
    if (!this.#inItems) return undefined;
    if (this.#depth === itemsDepth) return this.#takeItem();
    if (this.#depth < itemsDepth) {
      this.#inItems = false;
      this.#from = this.#at - 1;
    }
    return undefined;
  }

  #takeItem(): Buffer | undefined {
    const rest = this.#chunk.subarray(this.#from, this.#at);
    this.#from = this.#at;
    if (this.#item.length === 0 && rest.length <= this.#item.limit) return rest;
    this.#item.add(rest);
    if (!this.#item.overLimit) return this.#item.take();
    const bytes = this.#item.length;
    this.#onOversized(bytes, this.#item.take());
    return undefined;
  }

  /** Copies [from, until) of the chunk to where it belongs: an item, the envelope, or nowhere (commas between items). */
  #keep(until: number): void {
    if (this.#from >= until) return;
    const piece = this.#chunk.subarray(this.#from, until);
    this.#from = until;
    if (!this.#inItems) {
      this.#envelope.add(piece);
      this.#tail = (this.#tail + piece.toString('latin1')).slice(-64);
    } else if (this.#depth > itemsDepth) this.#item.add(piece);
  }
}
