/**
 * Open-loop HTTP load: requests begin when the clock says so, whether earlier ones are answered or not, and latency
 * counts from the intended start. Reads a JSON plan from the file it is given, prints a JSON report.
 *
 * It speaks HTTP/1.1 itself, because it shares a small machine with the server: a client library costs more for each
 * request than the server does, and what would be measured is its queue.
 */
import { readFileSync } from 'node:fs';
import { latencies } from '../measure/stats.ts';
import { PlainConnection } from './plain-connection.ts';

/** What to send. */
export interface OpenLoopPlan {
  readonly origin: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
}

/** What came back. */
export interface OpenLoopReport {
  readonly planned: number;
  readonly errors: number;
  readonly achievedPerSecond: number;
  readonly latencyMs: ReturnType<typeof latencies>;
  /** How late requests were begun by this client itself. */
  readonly lagMs: ReturnType<typeof latencies>;
}

/** How long answers may take after the last request. */
const PATIENCE_MS = 30_000;

/** Requests in the order of their time, sent as soon as one of the connections is free. */
class OpenLoop {
  readonly #plan: OpenLoopPlan;
  readonly #requests: readonly Buffer[];
  readonly #free: PlainConnection[];
  readonly #begun = performance.now();
  readonly #warmUp: number;
  readonly #total: number;
  readonly #samples: number[] = [];
  readonly #lags: number[] = [];
  #sent = 0;
  #answered = 0;
  #errors = 0;

  constructor(plan: OpenLoopPlan, connections: readonly PlainConnection[]) {
    this.#plan = plan;
    this.#free = [...connections];
    this.#warmUp = Math.round(plan.perSecond * plan.warmUpSeconds);
    this.#total = this.#warmUp + Math.round(plan.perSecond * plan.seconds);
    const fields = { host: new URL(plan.origin).host, ...plan.headers };
    const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#requests = plan.paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\n${head.join('')}\r\n`));
  }

  async run(): Promise<OpenLoopReport> {
    let deadline = Number.POSITIVE_INFINITY;
    while (this.#answered < this.#total) {
      this.#sendDue();
      if (this.#sent === this.#total) deadline = Math.min(deadline, performance.now() + PATIENCE_MS);
      if (performance.now() > deadline) throw new Error(`${String(this.#total - this.#answered)} answers are missing`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const seconds = (performance.now() - this.#begun) / 1000;
    return {
      planned: this.#total,
      errors: this.#errors,
      achievedPerSecond: this.#total / seconds,
      latencyMs: latencies(this.#samples),
      lagMs: latencies(this.#lags),
    };
  }

  #sendDue(): void {
    const due = Math.floor(((performance.now() - this.#begun) / 1000) * this.#plan.perSecond) + 1;
    for (const most = Math.min(this.#total, due); this.#sent < most; this.#sent += 1) {
      const connection = this.#free.pop();
      if (connection === undefined) return;
      this.#send(connection, this.#sent);
    }
  }

  #send(connection: PlainConnection, index: number): void {
    const intended = this.#begun + (index / this.#plan.perSecond) * 1000;
    if (index >= this.#warmUp) this.#lags.push(performance.now() - intended);
    connection.send(this.#requests[index % this.#requests.length] ?? Buffer.alloc(0), (status) => {
      this.#answered += 1;
      if (status !== 200) this.#errors += 1;
      else if (index >= this.#warmUp) this.#samples.push(performance.now() - intended);
      this.#free.push(connection);
      this.#sendDue();
    });
  }
}

async function run(plan: OpenLoopPlan): Promise<OpenLoopReport> {
  const opened = Array.from({ length: plan.connections }, () => PlainConnection.open(plan.origin));
  const connections = await Promise.all(opened);
  try {
    return await new OpenLoop(plan, connections).run();
  } finally {
    for (const connection of connections) connection.close();
  }
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: open-loop.ts PLAN-FILE');
process.stdout.write(`${JSON.stringify(await run(JSON.parse(readFileSync(file, 'utf8')) as OpenLoopPlan))}\n`);
