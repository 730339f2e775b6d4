/** Slots per entry: two words of the uid's hash, one of the resourceVersion's. */
const words = 3;
const empty = 0;
const deleted = 1;
const firstHash = 2;

/**
 * Remembers for each uid which resourceVersion was passed on: 12 bytes per slot, at most 24 per object, whatever the
 * length of uids. Uids are told apart by 64 bits of hash.
 */
export class UidIndex {
  #table = new Uint32Array(16 * words);
  #capacity = 16;
  #used = 0;
  #size = 0;

  /** Number of uids. */
  get size(): number {
    return this.#size;
  }

  /** Remembers a version; false when exactly this version was known already. */
  put(uid: string, resourceVersion: string): boolean {
    if (this.#used * 4 >= this.#capacity * 3) this.#rebuild();
    const high = hash(uid, 0x811c9dc5);
    const low = hash(uid, 0x01000193);
    const version = hash(resourceVersion, 0x811c9dc5);
    const slot = this.#find(high, low);
    const known = this.#table[slot] === high && this.#table[slot + 1] === low;
    if (known && this.#table[slot + 2] === version) return false;
    if (!known) {
      this.#size += 1;
      if (this.#table[slot] === empty) this.#used += 1;
    }
    this.#table[slot] = high;
    this.#table[slot + 1] = low;
    this.#table[slot + 2] = version;
    return true;
  }

  /** Forgets a uid; false when it was not known. */
  delete(uid: string): boolean {
    const high = hash(uid, 0x811c9dc5);
    const low = hash(uid, 0x01000193);
    const slot = this.#find(high, low);
    if (this.#table[slot] !== high || this.#table[slot + 1] !== low) return false;
    this.#table[slot] = deleted;
    this.#size -= 1;
    return true;
  }

  /** The slot of the entry, or else the best one to put it. */
  #find(high: number, low: number): number {
    let free = -1;
    for (let i = (high ^ low) & (this.#capacity - 1); ; i = (i + 1) & (this.#capacity - 1)) {
      const slot = i * words;
      const found = this.#table[slot];
      if (found === empty) return free === -1 ? slot : free;
      if (found === deleted) free = free === -1 ? slot : free;
      else if (found === high && this.#table[slot + 1] === low) return slot;
    }
  }

  #rebuild(): void {
    const old = this.#table;
    this.#capacity = this.#size * 2 >= this.#capacity ? this.#capacity * 2 : this.#capacity;
    this.#table = new Uint32Array(this.#capacity * words);
    this.#used = this.#size;
    for (let slot = 0; slot < old.length; slot += words) {
      const high = old[slot] as number;
      if (high < firstHash) continue;
      const low = old[slot + 1] as number;
      const to = this.#find(high, low);
      this.#table[to] = high;
      this.#table[to + 1] = low;
      this.#table[to + 2] = old[slot + 2] as number;
    }
  }
}

/** FNV-1a over UTF-16 units, finished with a mixer; never one of the two marks. */
function hash(text: string, seed: number): number {
  let value = seed | 0;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  value = (value ^ (value >>> 16)) >>> 0;
  return value < firstHash ? value + firstHash : value;
}
