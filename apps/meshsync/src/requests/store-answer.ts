import type { KubernetesResource } from '@meshery/contracts';

/** Objects in one message. */
const partSize = 5;

/** Sends one part. */
type SendPart = (part: readonly KubernetesResource[], signal: AbortSignal) => Promise<void>;

/** One answer to `informer-store`: the next snapshot of every kind, in arrays of five, while it passes by. */
export class StoreAnswer {
  readonly #missing: Set<string>;
  readonly #replying = new Set<string>();
  readonly #part: KubernetesResource[] = [];
  readonly #send: SendPart;

  /** `send` gets each part; `kinds` are the resource keys to wait for. */
  constructor(kinds: Iterable<string>, send: SendPart) {
    this.#missing = new Set(kinds);
    this.#send = send;
  }

  get complete(): boolean {
    return this.#missing.size === 0;
  }

  /** True while objects of the kind belong to the answer. */
  wants(kind: string): boolean {
    return this.#replying.has(kind);
  }

  /** A snapshot of the kind begins. */
  begin(kind: string): void {
    if (this.#missing.has(kind)) this.#replying.add(kind);
  }

  async add(resource: KubernetesResource, signal: AbortSignal): Promise<void> {
    this.#part.push(resource);
    if (this.#part.length >= partSize) await this.#flush(signal);
  }

  /** The snapshot of the kind is complete. */
  async end(kind: string, signal: AbortSignal): Promise<void> {
    if (!this.#replying.delete(kind)) return;
    this.#missing.delete(kind);
    await this.#flush(signal);
  }

  async #flush(signal: AbortSignal): Promise<void> {
    const part = this.#part.splice(0);
    if (part.length > 0) await this.#send(part, signal);
  }
}
