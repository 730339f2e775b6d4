import { OperatorStack } from '@meshery/testing';
import type { FixtureName } from '../fixture/fixture.ts';
import { wrongRows } from '../measure/cluster-facts.ts';
import { round } from '../measure/stats.ts';
import { UsageWatch, toMb } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const GROWTH_LIMIT_KB = 0.3;

interface Point {
  readonly fixture: FixtureName;
  readonly objects: number;
  /** Greatest resident set of the meshsync process over the whole sync. */
  readonly peakRssBytes: number;
  readonly processes: object;
  readonly problems: readonly string[];
}

/** Peak memory of the bundled meshsync process: 20,000 mixed objects, and what each small object beyond 20,000 adds. */
export async function benchMemory(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const mixed = await syncPoint(session, 'mixed');
  const fewer = await syncPoint(session, 'storm');
  const more = await syncPoint(session, 'hundred-thousand');
  const growthKb = (more.peakRssBytes - fewer.peakRssBytes) / 1000 / (more.objects - fewer.objects);
  const problems = [mixed, fewer, more].flatMap((point) => point.problems);
  if (!(growthKb <= GROWTH_LIMIT_KB)) {
    problems.push(`each object beyond 20,000 adds ${growthKb.toFixed(3)} KB, over ${String(GROWTH_LIMIT_KB)} KB`);
  }
  return [
    judge('memory', {
      ours: toMb(mixed.peakRssBytes),
      problems,
      details: {
        ...circumstances,
        growthKbPerObject: round(growthKb),
        growthLimitKb: GROWTH_LIMIT_KB,
        points: [mixed, fewer, more].map(({ fixture, objects, peakRssBytes, processes }) => ({
          fixture,
          objects,
          peakRssMb: toMb(peakRssBytes),
          processes,
        })),
      },
    }),
  ];
}

async function syncPoint(session: BenchSession, fixture: FixtureName): Promise<Point> {
  const { plane, facts } = await session.cluster(fixture);
  await using stack = await OperatorStack.start({ kubeconfig: plane.kubeconfigPath, clusterId: facts.id });
  const watch = new UsageWatch(stack.pids());
  await waitForRows(stack.server.client, facts);
  const peakRssBytes = stack.meshsync.process.usage()?.peakRssBytes ?? Number.NaN;
  const processes = watch.read();
  const problems = await wrongRows(stack.server.client, facts);
  return { fixture, objects: facts.states.length, peakRssBytes, processes, problems };
}
