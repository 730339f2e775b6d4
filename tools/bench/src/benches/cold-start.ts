import { MesheryServer, httpRequest } from '@meshery/testing';
import { median, round } from '../measure/stats.ts';
import { usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const LOOK_EVERY_MS = 5;
const START_TIMEOUT_MS = 30_000;

/** From the start of the process to the first 200 on readiness, with 100,000 rows in the store. */
export async function benchColdStart(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const { plane, facts } = await session.cluster('hundred-thousand');
  await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath });
  await waitForRows(server.client, facts);
  const seconds: number[] = [];
  const problems: string[] = [];
  let cpuSeconds = 0;
  for (let run = 0; run < Math.max(5, session.effort.rounds); run += 1) {
    await server.down();
    const started = performance.now();
    await server.service.spawn();
    await firstReady(`${server.url}/healthz/ready`);
    seconds.push(round((performance.now() - started) / 1000));
    cpuSeconds = server.process.usage()?.cpuSeconds ?? 0;
    const count = await server.client.count(facts.id);
    if (count < facts.states.length)
      problems.push(`REST counts ${String(count)} of ${String(facts.states.length)} rows`);
  }
  return [
    judge('cold-start', {
      ours: round(median(seconds)),
      problems,
      details: {
        ...circumstances,
        rows: facts.states.length,
        runs: seconds,
        worst: Math.max(...seconds),
        processes: { server: { cpuSecondsUntilReady: cpuSeconds, ...usedBy(server.process) } },
      },
    }),
  ];
}

async function firstReady(url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    try {
      if ((await httpRequest(url, { timeoutMs: 5_000 })).status === 200) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`the server was not ready within ${String(START_TIMEOUT_MS / 1000)} s`);
}
