import { expectations } from './expectations.ts';
import type { Expectation } from './expectation.ts';
import { Mismatch } from './mismatch.ts';
import type { ProviderApi } from './provider-api.ts';

/** The outcome of one check. */
export interface CheckResult extends Expectation {
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly seen: string;
}

/** Runs checks one after the other and tells each outcome. */
export class Checklist {
  readonly #api: ProviderApi;
  readonly #tell: (result: CheckResult) => void;
  readonly #results = new Map<string, CheckResult>();

  constructor(api: ProviderApi, tell: (result: CheckResult) => void) {
    this.#api = api;
    this.#tell = tell;
  }

  get results(): readonly CheckResult[] {
    return [...this.#results.values()];
  }

  /** Looks, and answers what was found; undefined when it is not as expected. */
  async check<Found>(id: string, look: () => Found | Promise<Found>): Promise<Found | undefined> {
    this.#api.takeTrace();
    try {
      const found = await look();
      this.#note(id, 'passed', this.#api.takeTrace() || 'as expected');
      return found;
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      const trace = this.#api.takeTrace();
      this.#note(id, 'failed', trace === '' ? error.message : `${error.message} (${trace})`);
      return undefined;
    }
  }

  /** Tells why checks are left out; those that were made stay. */
  skip(ids: readonly string[], why: string): void {
    for (const id of ids.filter((known) => !this.#results.has(known))) this.#note(id, 'skipped', why);
  }

  /** Tells which checks were not come to. */
  finish(): void {
    this.skip(Object.keys(expectations), 'not come to: a check that it needs failed');
  }

  #note(id: string, status: CheckResult['status'], seen: string): void {
    const { expected = '', reference = '' } = expectations[id] ?? {};
    const result = { id, status, expected, seen, reference };
    this.#results.set(id, result);
    this.#tell(result);
  }
}
