import { join } from 'node:path';
import {
  type ControlPlane,
  type InventoryClient,
  KubeAdmin,
  MesheryServer,
  OperatorStack,
  SeededRandom,
  type ServiceProcess,
  TcpFaultProxy,
  configMapObject,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { type ClusterFacts, readClusterFacts, wrongRows } from '../measure/cluster-facts.ts';
import { median, round } from '../measure/stats.ts';
import { type Used, UsageWatch, usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession, LoadedCluster } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const BYTES_LIMIT = 0.01;
const IN_SYNC_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 10;
/** After the agent is in sync, its checkpoints are given this long to be committed before it is killed. */
const SETTLE_MS = 2_000;

/** What is killed and started, and whom to ask. */
interface Victim {
  readonly service: ServiceProcess;
  readonly client: () => InventoryClient;
  /** Every process of ours that runs, by name. */
  readonly pids: () => Readonly<Record<string, number>>;
}

interface Restart {
  readonly seconds: number;
  readonly bytes: number;
  readonly share: number;
  readonly processes: Readonly<Record<string, Used>>;
}

interface ModeResult {
  readonly firstSyncBytes: number;
  readonly restarts: readonly Restart[];
  readonly problems: readonly string[];
}

/** kill -9 of the process that discovers, then its start: bytes pulled and time until it is in sync. */
export async function benchRestart(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const cluster = await session.cluster('mixed');
  try {
    const embedded = await embeddedMode(session, cluster);
    const nats = await natsMode(session, cluster);
    const all = [...embedded.restarts, ...nats.restarts];
    const share = Math.max(...all.map((restart) => restart.share));
    const problems = [...embedded.problems, ...nats.problems];
    if (!(share <= BYTES_LIMIT)) problems.push(`a restart pulled ${(share * 100).toFixed(2)} % of the first sync`);
    const medians = { embedded: middle(embedded), nats: middle(nats) };
    return [
      judge('restart', {
        ours: Math.max(medians.embedded, medians.nats),
        problems,
        details: {
          ...circumstances,
          medianSeconds: medians,
          bytesShareLimit: BYTES_LIMIT,
          worstShare: share,
          embedded,
          nats,
        },
      }),
    ];
  } finally {
    await session.spoil();
  }
}

function middle({ restarts }: ModeResult): number {
  return round(median(restarts.map(({ seconds }) => seconds)));
}

async function embeddedMode(session: BenchSession, { plane, facts }: LoadedCluster): Promise<ModeResult> {
  await using proxy = await TcpFaultProxy.start({ targetPort: Number(new URL(plane.url).port) });
  const kubeconfig = proxiedKubeconfig(session, plane, proxy);
  await using server = await MesheryServer.start({ kubeconfig });
  await waitForRows(server.client, facts);
  return await restartMany(
    session,
    { plane, proxy, facts },
    {
      service: server.service,
      client: () => server.client,
      pids: () => ({ server: server.process.pid }),
    },
  );
}

async function natsMode(session: BenchSession, { plane, facts }: LoadedCluster): Promise<ModeResult> {
  await using proxy = await TcpFaultProxy.start({ targetPort: Number(new URL(plane.url).port) });
  const kubeconfig = proxiedKubeconfig(session, plane, proxy);
  await using stack = await OperatorStack.start({ kubeconfig, clusterId: facts.id });
  await waitForRows(stack.server.client, facts);
  return await restartMany(
    session,
    { plane, proxy, facts },
    {
      service: stack.meshsync,
      client: () => stack.server.client,
      pids: () => stack.pids(),
    },
  );
}

function proxiedKubeconfig(session: BenchSession, plane: ControlPlane, proxy: TcpFaultProxy): string {
  const server = `https://127.0.0.1:${String(proxy.port)}`;
  const path = join(session.dir.path, `proxied-${String(proxy.port)}`);
  return writeKubeconfig({ path, server, caPem: plane.caPem, token: plane.adminToken });
}

interface Scene {
  readonly plane: ControlPlane;
  readonly proxy: TcpFaultProxy;
  readonly facts: ClusterFacts;
}

async function restartMany(session: BenchSession, scene: Scene, victim: Victim): Promise<ModeResult> {
  await inSync(victim.client(), scene.facts.id);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const firstSyncBytes = scene.proxy.traffic.down;
  const restarts: Restart[] = [];
  for (let run = 0; run < Math.max(5, session.effort.rounds); run += 1) {
    restarts.push(await restartOnce(scene, victim, { run, firstSyncBytes }));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }
  const problems = await wrongRows(victim.client(), await readClusterFacts(scene.plane));
  return { firstSyncBytes, restarts, problems };
}

/** One object made while the victim is dead proves that what is asked afterwards is the state after the restart. */
async function restartOnce(
  { plane, proxy, facts }: Scene,
  { service, client, pids }: Victim,
  { run, firstSyncBytes }: { readonly run: number; readonly firstSyncBytes: number },
): Promise<Restart> {
  const { [service.name]: _victim, ...others } = pids();
  await service.kill();
  const name = `restart-${String(proxy.port)}-${String(run)}`;
  using admin = new KubeAdmin(plane, 1);
  const object = configMapObject({ name, namespace: 'default' }, new SeededRandom(run));
  await admin.create('/api/v1/namespaces/default/configmaps', object);
  const before = proxy.traffic.down;
  const watch = new UsageWatch({ ...plane.pids(), ...others });
  const started = performance.now();
  await service.spawn();
  await waitUntil(
    { what: 'the object made meanwhile being answered', timeoutMs: IN_SYNC_TIMEOUT_MS, everyMs: LOOK_EVERY_MS },
    async () => {
      return (await client().page(facts.id, `kind=ConfigMap&search=${name}`)).totalCount === 1;
    },
  );
  await inSync(client(), facts.id);
  const seconds = round((performance.now() - started) / 1000);
  const bytes = proxy.traffic.down - before;
  const processes = { ...watch.read(), [service.name]: usedBy(service.process) };
  return { seconds, bytes, share: round(bytes / firstSyncBytes, 5), processes };
}

async function inSync(client: InventoryClient, clusterId: string): Promise<void> {
  await waitUntil(
    { what: 'the cluster being in sync', timeoutMs: IN_SYNC_TIMEOUT_MS, everyMs: LOOK_EVERY_MS },
    async () => {
      const { clusters } = await client.clusters();
      return clusters.find(({ id }) => id === clusterId)?.state === 'in-sync';
    },
  );
}
