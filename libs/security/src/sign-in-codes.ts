import { hash, randomBytes } from 'node:crypto';
import type { Clock } from '@meshery/observability';

/** Limits of sign-in codes. */
export interface SignInCodesOptions {
  readonly clock: Clock;
  /** How many codes can be open at once; the oldest is dropped. */
  readonly maxOpen?: number;
}

/** Life of a code made by `npm start`, in milliseconds. */
export const signInCodeLifeMs = 60_000;

const maxCodeLength = 128;

/**
 * One-time sign-in codes, in memory only: 256 random bits, kept as a hash, gone with their first use or their end.
 * Codes are found by their hash, so that the comparison tells nothing about the code.
 */
export class SignInCodes {
  readonly #clock: Clock;
  readonly #maxOpen: number;
  /** Hash of the code to the monotonic time at which it ends, and for whom it is; in order of making. */
  readonly #open = new Map<string, { readonly endsAt: number; readonly userId: string }>();

  constructor(options: SignInCodesOptions) {
    this.#clock = options.clock;
    this.#maxOpen = options.maxOpen ?? 16;
  }

  /** Makes a code for a user that is good once within `lifeMs`; an empty id stands for the owner of the server. */
  issue(lifeMs = signInCodeLifeMs, userId = ''): string {
    const code = randomBytes(32).toString('base64url');
    this.admit(code, lifeMs, userId);
    return code;
  }

  /** Makes a code good that was issued by an earlier process and kept in a safe place. */
  admit(code: string, lifeMs: number, userId = ''): void {
    this.#prune();
    if (this.#open.size >= this.#maxOpen) this.#dropOldest();
    this.#open.set(digest(code), { endsAt: this.#clock.monotonic() + lifeMs, userId });
  }

  /** True when the code could be redeemed now. */
  isOpen(code: string): boolean {
    this.#prune();
    return code.length <= maxCodeLength && this.#open.has(digest(code));
  }

  /** Uses a code up; the id of the user that it was for (empty: the owner), or undefined when it was not open. */
  redeem(code: string): string | undefined {
    this.#prune();
    if (code.length > maxCodeLength) return undefined;
    const key = digest(code);
    const found = this.#open.get(key);
    this.#open.delete(key);
    return found?.userId;
  }

  #prune(): void {
    const now = this.#clock.monotonic();
    for (const [key, { endsAt }] of this.#open) if (endsAt <= now) this.#open.delete(key);
  }

  #dropOldest(): void {
    const oldest = this.#open.keys().next();
    if (oldest.done !== true) this.#open.delete(oldest.value);
  }
}

function digest(code: string): string {
  return hash('sha256', code, 'base64');
}
