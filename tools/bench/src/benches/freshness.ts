import { MesheryServer, waitUntil } from '@meshery/testing';
import { mixedCounts, mixedNamespaces } from '../fixture/mixed.ts';
import { ChangeLedger, type Seen } from '../load/change-ledger.ts';
import { type PlannedWrite, type WriteReport, writeAtRate } from '../load/change-writer.ts';
import { observeBareWatch, observeServer } from '../load/observers.ts';
import { latencies, round } from '../measure/stats.ts';
import { UsageWatch } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession, LoadedCluster } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const PER_SECOND = 100;
/** One event in so many is checked by REST as soon as it is there. */
const CHECK_EVERY = 20;
const CATCH_UP_MS = 10_000;

/** 100 writes/s: from the API server's answer to the event of the server's stream. */
export async function benchFreshness(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const cluster = await session.cluster('mixed');
  try {
    await using server = await MesheryServer.start({ kubeconfig: cluster.plane.kubeconfigPath });
    await waitForRows(server.client, cluster.facts);
    const run = await measure(session, cluster, server);
    const { delays, lost } = run.ours.delays('acceptedAt');
    const ours = latencies(delays);
    const problems = [...run.report.refused.slice(0, 3), ...run.wrong.slice(0, 3)];
    if (lost > 0) problems.push(`${String(lost)} changes were never seen`);
    if (run.checked === 0) problems.push('no event was checked by REST');
    const details = {
      ...circumstances,
      writes: run.report.accepted,
      achievedPerSecond: round(run.report.achievedPerSecond),
      fromAnswerMs: ours,
      fromRequestMs: latencies(run.ours.delays('sentAt').delays),
      bareWatch: {
        fromAnswerMs: latencies(run.bare.delays('acceptedAt').delays),
        fromRequestMs: latencies(run.bare.delays('sentAt').delays),
        lost: run.bare.delays('acceptedAt').lost,
      },
      checkedByRest: run.checked,
      lost,
      processes: run.processes,
    };
    return [judge('freshness', { ours: ours.p99, problems, details })];
  } finally {
    await session.spoil();
  }
}

interface Run {
  readonly ours: ChangeLedger;
  readonly bare: ChangeLedger;
  readonly report: WriteReport;
  readonly wrong: readonly string[];
  readonly checked: number;
  readonly processes: object;
}

async function measure(session: BenchSession, { plane, facts }: LoadedCluster, server: MesheryServer): Promise<Run> {
  const ours = new ChangeLedger();
  const bare = new ChangeLedger();
  const checker = new RestChecker(server);
  const subscription = await observeServer(server, facts.id, (seen) => {
    ours.saw(seen);
    checker.take(seen);
  });
  const endWatch = await observeBareWatch(plane, '/api/v1/configmaps', (seen) => {
    bare.saw(seen);
  });
  const watch = new UsageWatch({ ...plane.pids(), server: server.process.pid, bench: process.pid });
  const report = await writeAtRate(plane, {
    perSecond: PER_SECOND,
    seconds: session.effort.freshnessSeconds,
    connections: 16,
    write: touchConfigMap,
    onAccepted: (write) => {
      ours.wrote(write);
      bare.wrote(write);
    },
  });
  const processes = watch.read();
  await waitUntil(
    { what: 'every change being seen', timeoutMs: CATCH_UP_MS },
    () => ours.behind + bare.behind === 0,
  ).catch(() => false);
  await checker.done();
  subscription.close();
  endWatch();
  return { ours, bare, report, wrong: checker.wrong, checked: checker.checked, processes };
}

/** Every write hits another object, so that none can be left out. */
function touchConfigMap(index: number): PlannedWrite {
  const number = index % mixedCounts.configMaps;
  const namespace = `team-${String(number % mixedNamespaces).padStart(2, '0')}`;
  const path = `/api/v1/namespaces/${namespace}/configmaps/config-${String(number).padStart(5, '0')}`;
  const body = JSON.stringify({ metadata: { annotations: { 'bench/sequence': String(index) } } });
  return { method: 'PATCH', path, body };
}

/** Asks REST for an object whose event was just seen: it must be in that state or a newer one. */
class RestChecker {
  checked = 0;
  readonly wrong: string[] = [];
  readonly #server: MesheryServer;
  readonly #pending = new Set<Promise<void>>();
  #seen = 0;

  constructor(server: MesheryServer) {
    this.#server = server;
  }

  take(seen: Seen): void {
    this.#seen += 1;
    if (this.#seen % CHECK_EVERY !== 0) return;
    const work = this.#check(seen).finally(() => this.#pending.delete(work));
    this.#pending.add(work);
  }

  async done(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async #check({ uid, resourceVersion }: Seen): Promise<void> {
    try {
      const row = await this.#server.client.json<{ metadata: { resourceVersion: string } }>(
        `/api/system/meshsync/resources/${uid}?format=row`,
      );
      this.checked += 1;
      const found = row.metadata.resourceVersion;
      if (Number(found) < Number(resourceVersion))
        this.wrong.push(`REST answers ${uid} at ${found}, its event said ${resourceVersion}`);
    } catch (error) {
      this.wrong.push(error instanceof Error ? error.message : String(error));
    }
  }
}
