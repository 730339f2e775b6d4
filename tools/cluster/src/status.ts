import { describeError } from '../../setup/src/tool-error.ts';
import { nodePlaces } from './addresses.ts';
import { serverUrl, withApi } from './api-client.ts';
import { wantedProcesses } from './control-plane.ts';
import { pidOf } from './processes.ts';
import { type Cluster, clusterDir, clusterNames, readRecord } from './state.ts';

/** How one process of a cluster is. */
export interface ProcessStatus {
  readonly name: string;
  /** Undefined when it is not alive. */
  readonly pid: number | undefined;
}

/** How a cluster is. */
export interface ClusterStatus {
  readonly name: string;
  readonly nodes: number;
  readonly url: string;
  readonly processes: readonly ProcessStatus[];
  /** What /readyz answered: "ok", or what stands in the way. */
  readonly api: string;
  /** True when every process is alive and the API server is ready. */
  readonly healthy: boolean;
}

/** How the named cluster is; undefined when there is none. */
export async function status(name: string): Promise<ClusterStatus | undefined> {
  const dir = clusterDir(name);
  const record = readRecord(dir);
  if (record === undefined) return undefined;
  const cluster = { dir, record };
  const processes = expectedProcesses(cluster).map((process) => ({ name: process, pid: pidOf(dir, process) }));
  const api = await readiness(cluster);
  const healthy = api === 'ok' && processes.every((process) => process.pid !== undefined);
  return { name, nodes: record.nodes, url: serverUrl(cluster), processes, api, healthy };
}

/** How all clusters are. */
export async function statusOfAll(): Promise<ClusterStatus[]> {
  const all = await Promise.all(clusterNames().map(status));
  return all.filter((one) => one !== undefined);
}

/** The names of all processes that should be alive. */
function expectedProcesses(cluster: Cluster): string[] {
  const { name, slot, nodes } = cluster.record;
  const perNode = nodePlaces(name, slot, nodes).flatMap((node) =>
    ['containerd', 'kubelet', 'kube-proxy'].map((program) => `${program}-${String(node.number)}`),
  );
  return [...wantedProcesses(cluster), ...perNode, ...(nodes > 0 ? ['provisioner'] : [])];
}

async function readiness(cluster: Cluster): Promise<string> {
  try {
    const answer = await withApi(cluster, (api) => api.send({ path: '/readyz', timeoutMs: 5_000 }));
    const lines = answer.text.split('\n');
    return lines.find((line) => line.startsWith('[-]')) ?? lines[0] ?? '';
  } catch (error) {
    return describeError(error);
  }
}

/** A table for a terminal. */
export function formatStatus(clusters: readonly ClusterStatus[]): string {
  const rows = clusters.flatMap((cluster) => [
    [cluster.name, `${String(cluster.nodes)} nodes`, cluster.healthy ? 'healthy' : 'NOT HEALTHY', cluster.url],
    ['', 'api', cluster.api, ''],
    ...cluster.processes.map((process) => [
      '',
      process.name,
      process.pid === undefined ? 'not running' : 'running',
      String(process.pid ?? ''),
    ]),
  ]);
  const table = [['CLUSTER', 'PART', 'STATE', 'WHERE'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
