import type { Framer, OnOversized } from './line-framer.ts';
import { PieceBuffer } from './piece-buffer.ts';

/** What a LIST document says besides its items. */
export interface ListEnvelope {
  readonly resourceVersion: string;
  /** Token of the next page; empty on the last one. */
  readonly continueToken: string;
}

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

  next(): Buffer | undefined {
    while (this.#at < this.#chunk.length) {
      const item = this.#step(this.#chunk[this.#at] as number);
      if (item !== undefined) return item;
    }
    this.#keep(this.#chunk.length);
    return undefined;
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

  #step(byte: number): Buffer | undefined {
    this.#at += 1;
    if (this.#inString) {
      this.#inStringByte(byte);
      return undefined;
    }
    if (byte === 0x22) {
      this.#inString = true;
      return undefined;
    }
    const bracket = byte | 0x20;
    if (bracket === 0x7b) this.#open(byte);
    else if (bracket === 0x7d) return this.#close();
    return undefined;
  }

  #inStringByte(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === 0x5c) this.#escaped = true;
    else if (byte === 0x22) this.#inString = false;
  }

  #open(byte: number): void {
    if (this.#inItems && this.#depth === itemsDepth) this.#from = this.#at - 1;
    this.#depth += 1;
    if (byte !== 0x5b || this.#depth !== itemsDepth || this.#inItems) return;
    this.#keep(this.#at);
    this.#inItems = /"items"\s*:\s*\[$/.test(this.#tail);
  }

  #close(): Buffer | undefined {
    this.#depth -= 1;
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
