import { type ControlPlane, MesheryServer, SeededRandom, waitUntil } from '@meshery/testing';
import { smallName, smallNamespace, stormShape } from '../fixture/small.ts';
import { ChangeLedger } from '../load/change-ledger.ts';
import { type PlannedWrite, type WriteReport, writeAtRate } from '../load/change-writer.ts';
import { observeServer } from '../load/observers.ts';
import { readClusterFacts, wrongRows } from '../measure/cluster-facts.ts';
import { latencies, round } from '../measure/stats.ts';
import { UsageWatch } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const PER_SECOND = 1_000;
/** Below this the API server, not we, was measured. */
const VOID_BELOW = 950;
const BACKLOG_LIMIT_MS = 2_000;
const CATCH_UP_MS = 30_000;

/** 1,000 changes/s on 20,000 objects: how far behind, whether anything is lost, how soon it is over. */
export async function benchStorm(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const { plane, facts } = await session.cluster('storm');
  try {
    await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath });
    await waitForRows(server.client, facts);
    const { ledger, report, processes } = await storm(session, server, { plane, clusterId: facts.id });
    const backlogMs = ledger.behind === 0 ? Math.max(0, ledger.caughtUpAt - report.endedAt) : Number.POSITIVE_INFINITY;
    const wrong = await wrongRows(server.client, await readClusterFacts(plane));
    const { delays, lost, skipped } = ledger.delays('acceptedAt');
    const measured = latencies(delays);
    const details = {
      ...circumstances,
      writes: report.accepted,
      achievedPerSecond: round(report.achievedPerSecond),
      fromAnswerMs: measured,
      lost,
      statesLeftOut: skipped,
      backlogMs: round(backlogMs),
      processes,
    };
    return [judge('storm', { ours: measured.p99, problems: [...faults(report, lost, backlogMs), ...wrong], details })];
  } finally {
    await session.spoil();
  }
}

/** Writes for as long as it lasts, then waits until every last state was seen, or long enough. */
async function storm(
  session: BenchSession,
  server: MesheryServer,
  { plane, clusterId }: { readonly plane: ControlPlane; readonly clusterId: string },
) {
  const ledger = new ChangeLedger();
  const subscription = await observeServer(server, clusterId, (seen) => {
    ledger.saw(seen);
  });
  const watch = new UsageWatch({ ...plane.pids(), server: server.process.pid, bench: process.pid });
  const report = await writeAtRate(plane, {
    perSecond: PER_SECOND,
    seconds: session.effort.stormSeconds,
    connections: 64,
    write: stormWrites(),
    onAccepted: (write) => {
      ledger.wrote(write);
    },
  });
  const processes = watch.read();
  const everything = { what: 'every change being seen', timeoutMs: CATCH_UP_MS };
  await waitUntil(everything, () => ledger.behind === 0).catch(() => false);
  subscription.close();
  return { ledger, report, processes };
}

function faults(report: WriteReport, lost: number, backlogMs: number): string[] {
  const problems = report.refused.slice(0, 3);
  if (report.achievedPerSecond < VOID_BELOW) {
    problems.push(`void: only ${report.achievedPerSecond.toFixed(0)} changes/s were achieved`);
  }
  if (lost > 0) problems.push(`${String(lost)} changes lost`);
  if (backlogMs > BACKLOG_LIMIT_MS) problems.push(`the backlog was there for ${backlogMs.toFixed(0)} ms after the end`);
  return problems;
}

/** Unconditional replacements, round and round, each with other data of 500 to 1,300 bytes. */
function stormWrites(): (index: number) => PlannedWrite {
  const random = new SeededRandom(1_000);
  const filler = random.text(4_000);
  return (index) => {
    const number = index % stormShape.count;
    const [name, namespace] = [smallName(number), smallNamespace(number)];
    const from = random.between(0, 2_000);
    const data = { sequence: String(index), text: filler.slice(from, from + random.between(...stormShape.bytes)) };
    const metadata = { name, namespace, labels: { app: 'storm', tier: index % 2 === 0 ? 'front' : 'back' } };
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    return { method: 'PUT', path: `/api/v1/namespaces/${namespace}/configmaps/${name}`, body };
  };
}
