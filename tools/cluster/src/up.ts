import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../setup/lock.mjs';
import { type Say, sayOnStderr, step } from '../../setup/src/progress.ts';
import { ToolError } from '../../setup/src/tool-error.ts';
import { freeSlot } from './addresses.ts';
import { withApi } from './api-client.ts';
import { ensureControlPlane } from './control-plane.ts';
import { adminKubeconfigPath } from './kubeconfig.ts';
import { ensureNetwork, takeSlot } from './network.ts';
import { ensureNodes } from './nodes.ts';
import { allocatePorts } from './ports.ts';
import { assertNodesCanRun } from './requirements.ts';
import {
  type Cluster,
  type ClusterRecord,
  allRecords,
  clusterDir,
  clustersRoot,
  readRecord,
  writeRecord,
} from './state.ts';
import { applyStorageClass } from './storage-class.ts';

/** What `up` is asked for. */
export interface UpOptions {
  readonly name: string;
  /** 0..3; as it was made, or 0 for a new cluster, unless told. */
  readonly nodes?: number;
  /** Whether NetworkPolicies hold on the nodes of a new cluster; without, they are stored and nothing more. */
  readonly networkPolicies?: boolean;
  readonly say?: Say;
}

/** What decides how a new cluster is made, beside its name. */
type ClusterShape = Pick<
  ClusterRecord,
  'nodes' | 'networkPolicies' | 'controllers' | 'scheduler' | 'apiServerArgs' | 'etcdArgs'
>;

const LOCK_TIMEOUT_MS = 10 * 60_000;

/** Brings a cluster up, or heals it, and gives its kubeconfig's path. Needs root when there are nodes. */
export async function up(options: UpOptions): Promise<string> {
  const say = options.say ?? sayOnStderr;
  const dir = clusterDir(options.name);
  return await withClusterLock(options.name, say, async () => {
    const existing = readRecord(dir);
    if (existing !== undefined) refuseOtherShape(existing, options.nodes);
    const { nodes = 0, networkPolicies = false } = existing ?? options;
    if (nodes > 0) assertNodesCanRun(networkPolicies);
    const processes = { controllers: ['*'], scheduler: true, apiServerArgs: [], etcdArgs: [] };
    const shape = { nodes, networkPolicies, ...processes };
    const cluster = { dir, record: existing ?? (await register(options.name, dir, shape)) };
    await raise(cluster, say);
    return adminKubeconfigPath(dir);
  });
}

/** One command at a time changes a cluster. */
export function withClusterLock<T>(name: string, say: Say, work: () => Promise<T>): Promise<T> {
  const onWait = (pid: number | undefined): void => {
    say(`cluster ${name}: waiting for process ${String(pid ?? '?')}, which is at work on it`);
  };
  return withLock(join(clustersRoot(), `.lock-${name}`), { timeoutMs: LOCK_TIMEOUT_MS, onWait }, work);
}

function refuseOtherShape(record: ClusterRecord, nodes: number | undefined): void {
  if (nodes === undefined || nodes === record.nodes) return;
  throw new ToolError(
    `cluster ${record.name} was made with --nodes ${String(record.nodes)} and cannot become one with --nodes ${String(nodes)}`,
    `Remove it first (npm run cluster -- down --name ${record.name}), or give the new one another --name`,
  );
}

/** Chooses what must differ from every other cluster, and remembers it before anything is started. */
export async function register(name: string, dir: string, shape: ClusterShape): Promise<ClusterRecord> {
  return await withLock(join(clustersRoot(), '.register'), { timeoutMs: 60_000 }, async () => {
    const others = allRecords();
    const ports = await allocatePorts(new Set(others.flatMap((other) => Object.values({ ...other.ports }))));
    const taken = new Set(others.map((other) => other.slot));
    const slot = shape.nodes === 0 ? freeSlot(taken) : await takeSlot(taken);
    const record: ClusterRecord = { name, slot, ports, adminToken: randomBytes(24).toString('base64url'), ...shape };
    rmSync(dir, { recursive: true, force: true });
    writeRecord(dir, record);
    return record;
  });
}

/** Starts what is not alive, waits until it works, and applies the objects that every cluster has. */
async function raise(cluster: Cluster, say: Say): Promise<void> {
  const { name, nodes } = cluster.record;
  // The API server listens on the nodes' bridge, when there are nodes.
  if (nodes > 0) await ensureNetwork(cluster.record);
  await step(say, `cluster ${name}: control plane`, () => ensureControlPlane(cluster, say));
  await withApi(cluster, applyStorageClass);
  if (nodes > 0) await ensureNodes(cluster, say);
}
