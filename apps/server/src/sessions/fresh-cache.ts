import type { Clock } from '@meshery/observability';

/** Limits of a FreshCache. */
export interface FreshCacheOptions<Value> {
  readonly clock: Clock;
  /** How long a value counts without being read again, in milliseconds. */
  readonly freshMs: number;
  readonly read: (key: string) => Promise<Value>;
  /** How many are remembered; the oldest is dropped. */
  readonly maxEntries?: number;
}

/** Values that are read again when they are no longer fresh; whoever asks meanwhile waits for the same reading. */
export class FreshCache<Value> {
  readonly #options: FreshCacheOptions<Value>;
  readonly #known = new Map<string, { readonly value: Value; readonly readAt: number }>();
  readonly #reading = new Map<string, Promise<Value>>();

  constructor(options: FreshCacheOptions<Value>) {
    this.#options = options;
  }

  /** The value while it is fresh. */
  recall(key: string): Value | undefined {
    const known = this.#known.get(key);
    const { clock, freshMs } = this.#options;
    return known !== undefined && clock.monotonic() - known.readAt < freshMs ? known.value : undefined;
  }

  /** The value as it was when it was read last, however long ago. */
  last(key: string): Value | undefined {
    return this.#known.get(key)?.value;
  }

  /** The value, read unless it is fresh. Rejects as the reading does. */
  async get(key: string): Promise<Value> {
    const fresh = this.recall(key);
    if (fresh !== undefined) return fresh;
    const reading = this.#reading.get(key) ?? this.#read(key);
    return reading;
  }

  /** The value of one key is read again when it is asked for next. */
  drop(key: string): void {
    this.#known.delete(key);
    this.#reading.delete(key);
  }

  /** From now on every value is read again. */
  forget(): void {
    this.#known.clear();
    this.#reading.clear();
  }

  #read(key: string): Promise<Value> {
    const { read, clock, maxEntries = 10_000 } = this.#options;
    const reading: Promise<Value> = read(key)
      .then((value) => {
        // A reading that began before `forget` or `drop` may be out of date.
        if (this.#reading.get(key) !== reading) return value;
        this.#known.delete(key);
        const oldest = this.#known.size < maxEntries ? undefined : this.#known.keys().next().value;
        if (oldest !== undefined) this.#known.delete(oldest);
        this.#known.set(key, { value, readAt: clock.monotonic() });
        return value;
      })
      .finally(() => {
        if (this.#reading.get(key) === reading) this.#reading.delete(key);
      });
    this.#reading.set(key, reading);
    return reading;
  }
}
