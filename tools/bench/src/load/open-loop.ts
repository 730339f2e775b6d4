/**
 * Open-loop HTTP load: requests begin when the clock says so, whether earlier ones are answered or not, and latency
 * counts from the intended start. Reads a JSON plan from the file it is given, prints a JSON report.
 */
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { latencies } from '../measure/stats.ts';

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

async function run(plan: OpenLoopPlan): Promise<OpenLoopReport> {
  const pool = new Pool(plan.origin, { connections: plan.connections, pipelining: 1 });
  const warmUp = Math.round(plan.perSecond * plan.warmUpSeconds);
  const total = warmUp + Math.round(plan.perSecond * plan.seconds);
  const [samples, lags]: [number[], number[]] = [[], []];
  const pending: Promise<void>[] = [];
  const begun = performance.now();
  let errors = 0;
  const send = async (index: number): Promise<void> => {
    const intended = begun + (index / plan.perSecond) * 1000;
    if (index >= warmUp) lags.push(performance.now() - intended);
    const path = plan.paths[index % plan.paths.length] ?? '/';
    const { statusCode, body } = await pool.request({ path, method: 'GET', headers: plan.headers });
    await body.dump({ limit: Number.MAX_SAFE_INTEGER });
    if (statusCode !== 200) throw new Error(String(statusCode));
    if (index >= warmUp) samples.push(performance.now() - intended);
  };
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * plan.perSecond) + 1);
    for (; sent < due; sent += 1) pending.push(send(sent).catch(() => void (errors += 1)));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  return {
    planned: total,
    errors,
    achievedPerSecond: total / seconds,
    latencyMs: latencies(samples),
    lagMs: latencies(lags),
  };
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: open-loop.ts PLAN-FILE');
process.stdout.write(`${JSON.stringify(await run(JSON.parse(readFileSync(file, 'utf8')) as OpenLoopPlan))}\n`);
