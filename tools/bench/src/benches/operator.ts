import { fileURLToPath } from 'node:url';
import { KubeAdmin, OperatorProcess, WorkloadPlayer, runCommand, startControlPlane, waitUntil } from '@meshery/testing';
import { median, round } from '../measure/stats.ts';
import { type Used, UsageWatch, toMb } from '../measure/usage.ts';
import { type BenchName, type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';

const manifests = fileURLToPath(new URL('../../../../deploy/kustomize/operator', import.meta.url));
const api = '/apis/meshery.io/v1alpha2';
const PAIRS = 50;
/** Objects that belong to a Broker and to a MeshSync, and how many writes each may cost beside them. */
const OWNED = { brokers: 11, meshsyncs: 6 } as const;
const SPARE_WRITES = 5;
const MAX_WRITES = PAIRS * (OWNED.brokers + OWNED.meshsyncs + 2 * SPARE_WRITES);
const MAX_RUNS = 3;
const READY_TIMEOUT_MS = 120_000;

export const operatorNames = ['operator-converge', 'operator-memory'] as const satisfies readonly BenchName[];

interface Run {
  readonly seconds: number;
  readonly writes: number;
  readonly rssMb: number;
  readonly peakRssMb: number;
  readonly processes: Readonly<Record<string, Used>>;
}

/** 50 Brokers and 50 MeshSyncs are created at once: time until all are ready, writes, and memory of the operator. */
export async function benchOperator(session: BenchSession, wanted: readonly BenchName[]): Promise<BenchRow[]> {
  await session.spoil();
  const circumstances = session.circumstances();
  const runs: Run[] = [];
  while (runs.length < Math.min(MAX_RUNS, session.effort.rounds)) runs.push(await converge());
  const details = { ...circumstances, brokers: PAIRS, meshSyncs: PAIRS, writesLimit: MAX_WRITES, runs };
  const worst = Math.max(...runs.map(({ writes }) => writes));
  const problems = worst > MAX_WRITES ? [`${String(worst)} writes, over ${String(MAX_WRITES)}`] : [];
  const rows = [
    judge('operator-converge', { ours: round(median(runs.map(({ seconds }) => seconds))), problems, details }),
    judge('operator-memory', { ours: Math.max(...runs.map(({ peakRssMb }) => peakRssMb)), problems: [], details }),
  ];
  return rows.filter(({ name }) => wanted.includes(name));
}

async function converge(): Promise<Run> {
  const plane = await startControlPlane();
  try {
    await runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, 'apply', '-k', manifests]);
    using admin = new KubeAdmin(plane);
    const options = { kubeconfig: plane.kubeconfigPath, metricsToken: plane.adminToken };
    await using operator = await OperatorProcess.start(options);
    await using _player = new WorkloadPlayer(admin, 'app.kubernetes.io/managed-by=meshery-operator');
    const { process } = operator.service;
    const usage = new UsageWatch({ ...plane.pids(), operator: process.pid });
    const startedAt = performance.now();
    await createPairs(admin);
    // Each look costs the API server a part of what is measured.
    const look = { what: 'everything being ready', timeoutMs: READY_TIMEOUT_MS, everyMs: 200 };
    await waitUntil(look, () => allReady(admin));
    const seconds = round((performance.now() - startedAt) / 1000);
    const processes = usage.read();
    const writes = await operator.metric('meshery_operator_writes_total');
    const { rssBytes = Number.NaN, peakRssBytes = Number.NaN } = process.usage() ?? {};
    return { seconds, writes, rssMb: toMb(rssBytes), peakRssMb: toMb(peakRssBytes), processes };
  } finally {
    await plane.stop();
  }
}

async function createPairs(admin: KubeAdmin): Promise<void> {
  const make = (plural: string, kind: string, name: string, spec: object): Promise<unknown> => {
    const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name }, spec };
    return admin.create(`${api}/namespaces/default/${plural}`, object);
  };
  const names = Array.from({ length: PAIRS }, (_, index) => `pair-${String(index)}`);
  await Promise.all(
    names.flatMap((name) => [
      make('brokers', 'Broker', name, {}),
      make('meshsyncs', 'MeshSync', name, { broker: { native: { name } } }),
    ]),
  );
}

interface Conditioned {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

async function allReady(admin: KubeAdmin): Promise<boolean> {
  const lists = await Promise.all(
    Object.keys(OWNED).map((plural) => admin.json<{ readonly items: Conditioned[] }>({ path: `${api}/${plural}` })),
  );
  const items = lists.flatMap((list) => list.items);
  return items.length === 2 * PAIRS && items.every(isReady);
}

function isReady({ metadata, status }: Conditioned): boolean {
  const holds = (type: string): string | undefined => status?.conditions?.find((found) => found.type === type)?.status;
  const settled = holds('Ready') === 'True' && holds('Progressing') === 'False';
  return settled && status?.observedGeneration === metadata.generation;
}
