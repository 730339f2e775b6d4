/** What one check says now. */
export interface CheckResult {
  readonly ready: boolean;
  /** Why not, in a few words; shown to whoever asks, so nothing secret. */
  readonly reason?: string;
}

/** Answers whether one part of the service can do its work at this moment. It is asked at each request. */
export type ReadinessCheck = () => CheckResult | Promise<CheckResult>;

/** The answer for the whole service. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

/** How long one check may take before it counts as not ready. */
const CHECK_MS = 2000;

/**
 * The named checks behind a readiness path. Nothing is remembered between requests: the answer is what the checks say
 * now, so it turns red and green again with the facts. Draining turns it red for good.
 */
export class ReadinessRegistry {
  readonly #checks = new Map<string, ReadinessCheck>();
  #draining = false;

  /** Adds a check, or replaces the one of that name; the returned function takes it away again. */
  register(name: string, check: ReadinessCheck): () => void {
    this.#checks.set(name, check);
    return () => {
      if (this.#checks.get(name) === check) this.#checks.delete(name);
    };
  }

  /** Red from now on: the process is going away. */
  drain(): void {
    this.#draining = true;
  }

  /** Asks every check, at the same time. Never rejects: a check that throws or hangs is not ready. */
  async report(): Promise<ReadinessReport> {
    const entries = [...this.#checks];
    const results = await Promise.all(entries.map(([, check]) => ask(check)));
    const checks: Record<string, CheckResult> = {};
    for (const [index, [name]] of entries.entries()) checks[name] = results[index] ?? { ready: false };
    if (this.#draining) checks['shutdown'] = { ready: false, reason: 'the service is shutting down' };
    return { ready: Object.values(checks).every((check) => check.ready), checks };
  }
}

async function ask(check: ReadinessCheck): Promise<CheckResult> {
  const late = Promise.withResolvers<CheckResult>();
  const timer = setTimeout(() => {
    late.resolve({ ready: false, reason: `the check did not answer within ${String(CHECK_MS)} ms` });
  }, CHECK_MS);
  try {
    return await Promise.race([Promise.resolve(check()), late.promise]);
  } catch (error) {
    return { ready: false, reason: error instanceof Error ? error.message : 'the check failed' };
  } finally {
    clearTimeout(timer);
  }
}
