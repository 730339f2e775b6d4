import { readFileSync } from 'node:fs';
import { type InventoryClient, type ManagedProcess, httpRequest } from '@meshery/testing';

/** Greatest values that may be seen while faults happen. */
export interface Limits {
  /** Resident set of each watched process, in MB (10^6). */
  readonly rssMb: number;
  /** Batches accepted and not yet committed, and the like: every gauge that counts what waits. */
  readonly queued: number;
  /** The same for gauges in bytes. */
  readonly queuedBytes: number;
}

/** A process to watch and where it shows its metrics. */
export interface WatchedService {
  readonly name: string;
  readonly process: () => ManagedProcess;
  /** Where all its runs write their log. */
  readonly logPath: string;
  readonly metricsUrl: string;
  /** Where it says whether it is ready; a reason why not counts as a condition. */
  readonly readyUrl?: string;
}

/** What the recorder saw. */
export interface Recording {
  /** "<state>/<reason>" of the cluster and "<resource> <state>/<reason>" of kinds, every one that was ever seen. */
  readonly conditions: ReadonlySet<string>;
  /** "name{labels}" of every metric that was ever above zero, "name{labels} down" of every one that says so with a zero. */
  readonly metrics: ReadonlySet<string>;
  /** Every log line of every service. */
  readonly logs: string;
  readonly maxima: Readonly<Record<string, number>>;
}

const LOOK_EVERY_MS = 100;
const QUEUES = /queued|in_flight|unsettled|backlog|pending|incomplete/;
const SWITCHES = /_(connected|answers|alive|up)$/;

/** Looks at conditions, memory and queues all the time, so that what was visible only during a fault is known after it. */
export class Recorder {
  readonly #client: () => InventoryClient;
  readonly #services: readonly WatchedService[];
  readonly #conditions = new Set<string>();
  readonly #metrics = new Set<string>();
  readonly #maxima: Record<string, number> = {};
  readonly #stop = new AbortController();
  #present: ReadonlySet<string> = new Set();
  #looking: Promise<void> = Promise.resolve();

  constructor(client: () => InventoryClient, services: readonly WatchedService[]) {
    this.#client = client;
    this.#services = services;
  }

  start(): this {
    this.#looking = this.#loop();
    return this;
  }

  /** Every condition seen so far. */
  get conditions(): ReadonlySet<string> {
    return this.#conditions;
  }

  /** Ends the looking and gives what was seen. */
  async end(): Promise<Recording> {
    this.#stop.abort();
    await this.#looking;
    await this.#look();
    const logs = this.#services.map(({ logPath }) => quietly(() => readFileSync(logPath, 'utf8')) ?? '').join('\n');
    return {
      conditions: this.#conditions,
      metrics: this.#metrics,
      logs,
      maxima: this.#maxima,
    };
  }

  async #loop(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#look();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async #look(): Promise<void> {
    await Promise.all([this.#lookAtConditions(), ...this.#services.map((service) => this.#lookAtService(service))]);
  }

  /** A server that is down shows nothing; that is not this recorder's business. */
  async #lookAtConditions(): Promise<void> {
    const list = await this.#client()
      .clusters()
      .catch(() => ({ clusters: [] }));
    for (const { state, reason, kinds } of list.clusters) {
      this.#conditions.add(`cluster ${state}/${reason}`);
      for (const kind of kinds) this.#conditions.add(`${kind.resource} ${kind.state}/${kind.reason}`);
      this.#noteGone(new Set(kinds.map(({ resource }) => resource)));
    }
  }

  /** A kind that is not served any more is shown by not being in the list. */
  #noteGone(present: ReadonlySet<string>): void {
    for (const resource of this.#present) if (!present.has(resource)) this.#conditions.add(`${resource} gone`);
    this.#present = present;
  }

  async #lookAtService({ name, process, metricsUrl, readyUrl }: WatchedService): Promise<void> {
    await this.#lookAtReadiness(name, readyUrl);
    const usage = quietly(() => process().usage());
    if (usage !== undefined) this.#raise(`${name} rssMb`, usage.peakRssBytes / 1e6);
    const answer = await httpRequest(metricsUrl, { timeoutMs: 2_000 }).catch(() => undefined);
    if (answer?.status !== 200) return;
    const text = answer.body.toString('utf8');
    for (const line of text.split('\n')) this.#lookAtMetric(name, line);
  }

  #lookAtMetric(service: string, line: string): void {
    const [, metric = '', value = ''] = /^(meshery_\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (metric === '') return;
    const figure = Number(value);
    const [base = ''] = metric.split('{');
    if (figure > 0) this.#metrics.add(metric);
    else if (SWITCHES.test(base)) this.#metrics.add(`${metric} down`);
    if (QUEUES.test(base)) this.#raise(`${service} ${base}`, figure);
  }

  async #lookAtReadiness(name: string, readyUrl: string | undefined): Promise<void> {
    if (readyUrl === undefined) return;
    const answer = await httpRequest(readyUrl, { timeoutMs: 2_000 }).catch(() => undefined);
    if (answer?.status === 503) this.#conditions.add(`${name} not ready: ${answer.body.toString('utf8')}`);
    // A reason beside a yes is a condition too: something is kept aside while the rest flows.
    else if (answer?.body.includes('"reason"') === true)
      this.#conditions.add(`${name} ready: ${answer.body.toString('utf8')}`);
  }

  #raise(key: string, value: number): void {
    this.#maxima[key] = Math.max(this.#maxima[key] ?? 0, value);
  }
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // The process is down at this moment.
    return undefined;
  }
}
