import type { Clock } from '@meshery/observability';
import type { DurableMessage } from '../broker.ts';
import { chunkHeader, messageIdHeader, parseChunk } from './chunk-headers.ts';
import type { ChunkPosition } from './chunk-headers.ts';
import { maxReassembledBytes } from './split-payload.ts';

/** A complete message with the stored messages it came in; settle all of them. */
export interface WholeMessage {
  readonly data: Uint8Array;
  readonly parts: readonly DurableMessage[];
}

/** What became of a part. */
export type ReassemblyResult =
  | { readonly type: 'whole'; readonly message: WholeMessage }
  | { readonly type: 'waiting' }
  /** Of no use: park these parts. */
  | { readonly type: 'broken'; readonly reason: string; readonly parts: readonly DurableMessage[] };

/** Bounds of one reassembler. */
export interface ReassemblerLimits {
  /** Bytes of one whole message; default 10 MB. */
  readonly maxMessageBytes?: number;
  /** Parts of one message; must stay below the consumer's `maxInFlight`. Default 32. */
  readonly maxParts?: number;
  /** Bytes of all incomplete messages together; default 20 MB. */
  readonly maxHeldBytes?: number;
  /** Milliseconds an incomplete message is kept; default 60,000. */
  readonly maxAgeMs?: number;
}

interface Incomplete {
  readonly position: ChunkPosition;
  readonly parts: Map<number, DurableMessage>;
  readonly since: number;
  bytes: number;
}

/** Puts split messages together again, within bounds on parts, bytes and time. */
export class Reassembler {
  readonly #incomplete = new Map<string, Incomplete>();
  readonly #limits: Required<ReassemblerLimits>;
  readonly #clock: Clock;
  #heldBytes = 0;

  constructor(clock: Clock, limits: ReassemblerLimits = {}) {
    this.#clock = clock;
    this.#limits = {
      maxMessageBytes: limits.maxMessageBytes ?? maxReassembledBytes,
      maxParts: limits.maxParts ?? 32,
      maxHeldBytes: limits.maxHeldBytes ?? 2 * maxReassembledBytes,
      maxAgeMs: limits.maxAgeMs ?? 60_000,
    };
  }

  /** Bytes of incomplete messages, for the metric. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Takes one stored message. */
  accept(message: DurableMessage): ReassemblyResult {
    const header = message.headers[chunkHeader];
    if (header === undefined) return this.#acceptSingle(message);
    const position = parseChunk(header);
    const id = message.headers[messageIdHeader] ?? '';
    if (position === undefined || id === '') return broken('its chunk headers make no sense', [message]);
    const refusal = this.#whyRefused(position);
    if (refusal !== undefined) return broken(refusal, [message, ...this.#drop(id)]);
    return this.#acceptPart(id, position, message);
  }

  /** Gives up messages whose missing parts did not come in time. */
  expired(): readonly { readonly reason: string; readonly parts: readonly DurableMessage[] }[] {
    const limit = this.#clock.monotonic() - this.#limits.maxAgeMs;
    const late = [...this.#incomplete].filter(([, entry]) => entry.since < limit);
    return late.map(([id, entry]) => ({
      reason: `only ${entry.parts.size} of ${entry.position.count} parts arrived`,
      parts: this.#drop(id),
    }));
  }

  /** Forgets everything held: delivery begins anew. */
  clear(): void {
    this.#incomplete.clear();
    this.#heldBytes = 0;
  }

  #acceptSingle(message: DurableMessage): ReassemblyResult {
    if (message.data.byteLength <= this.#limits.maxMessageBytes) {
      return { type: 'whole', message: { data: message.data, parts: [message] } };
    }
    return broken(`it has more than ${this.#limits.maxMessageBytes} bytes`, [message]);
  }

  #whyRefused(position: ChunkPosition): string | undefined {
    const { maxMessageBytes, maxParts } = this.#limits;
    if (position.totalBytes > maxMessageBytes) return `it has more than ${maxMessageBytes} bytes`;
    if (position.count > maxParts) return `it has more than ${maxParts} parts`;
    return undefined;
  }

  #acceptPart(id: string, position: ChunkPosition, message: DurableMessage): ReassemblyResult {
    const fresh: Incomplete = { position, parts: new Map(), since: this.#clock.monotonic(), bytes: 0 };
    const entry = this.#incomplete.get(id) ?? fresh;
    this.#incomplete.set(id, entry);
    const added = message.data.byteLength - (entry.parts.get(position.index)?.data.byteLength ?? 0);
    entry.parts.set(position.index, message);
    entry.bytes += added;
    this.#heldBytes += added;
    if (entry.position.count !== position.count || entry.bytes > entry.position.totalBytes) {
      return broken('its parts contradict each other', this.#drop(id));
    }
    if (this.#heldBytes > this.#limits.maxHeldBytes)
      return broken('too many incomplete messages are held', this.#drop(id));
    return entry.parts.size < position.count ? { type: 'waiting' } : this.#join(id, entry);
  }

  #join(id: string, entry: Incomplete): ReassemblyResult {
    const parts = [...entry.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    this.#drop(id);
    if (entry.bytes !== entry.position.totalBytes) return broken('its parts have the wrong length', parts);
    return { type: 'whole', message: { data: Buffer.concat(parts.map((part) => part.data)), parts } };
  }

  #drop(id: string): readonly DurableMessage[] {
    const entry = this.#incomplete.get(id);
    if (entry === undefined) return [];
    this.#incomplete.delete(id);
    this.#heldBytes -= entry.bytes;
    return [...entry.parts.values()];
  }
}

function broken(reason: string, parts: readonly DurableMessage[]): ReassemblyResult {
  return { type: 'broken', reason, parts };
}
