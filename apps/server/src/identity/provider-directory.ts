import type { ListedProvider } from './provider-list.ts';

/** A provider whose state may change. */
export interface ProviderListing {
  readonly current: ListedProvider;
  /** Calls the listener at every change from now on, until the signal aborts. */
  follow(listener: (changed: ListedProvider) => void, signal: AbortSignal): void;
}

/** The providers of this server as they are known now; asking never waits for one of them. */
export class ProviderDirectory {
  readonly #fixed: readonly ListedProvider[];
  readonly #changing: readonly ProviderListing[];

  constructor(fixed: readonly ListedProvider[], changing: readonly ProviderListing[]) {
    this.#fixed = fixed;
    this.#changing = changing;
  }

  all(): readonly ListedProvider[] {
    return [...this.#fixed, ...this.#changing.map(({ current }) => current)];
  }

  find(key: string): ListedProvider | undefined {
    return this.all().find((listed) => listed.key === key);
  }

  /** Calls the listener at every change from now on, until the signal aborts. */
  follow(listener: (changed: ListedProvider) => void, signal: AbortSignal): void {
    for (const listing of this.#changing) listing.follow(listener, signal);
  }
}
