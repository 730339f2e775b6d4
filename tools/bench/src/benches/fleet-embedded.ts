import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ControlPlane,
  KubeAdmin,
  MesheryServer,
  SeededRandom,
  bulkLoad,
  configMapObject,
  loadItem,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { toMb, usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';

const CLUSTERS = 10;
const OBJECTS = 2000;
/** What is free after a sync goes back to the system within 15 s. */
const SETTLE_MS = 20_000;
const SYNC_MS = 120_000;

/** Ten real clusters of 2,000 objects in one server process, which discovers them itself: its resident memory at rest. */
export async function benchFleetEmbedded(session: BenchSession): Promise<BenchRow[]> {
  await session.spoil();
  const circumstances = session.circumstances();
  const planes: ControlPlane[] = [];
  try {
    for (let index = 0; index < CLUSTERS; index += 1) {
      session.say(`cluster ${String(index + 1)} of ${String(CLUSTERS)}`);
      planes.push(await loadedPlane());
    }
    await using server = await MesheryServer.start({
      kubeconfig: kubeconfigOf(planes, session.dir.path),
      args: ['--context', planes.map((_plane, index) => nameOf(index)).join(',')],
    });
    await waitUntil({ what: 'every cluster being in sync', timeoutMs: SYNC_MS, everyMs: 250 }, () => allInSync(server));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const rssBytes = server.process.usage()?.rssBytes ?? Number.NaN;
    const processes = { server: usedBy(server.process) };
    const details = { ...circumstances, clusters: CLUSTERS, objects: OBJECTS, processes };
    return [judge('fleet-embedded', { ours: toMb(rssBytes), problems: [], details })];
  } finally {
    for (const plane of planes) await plane.stop();
  }
}

async function loadedPlane(): Promise<ControlPlane> {
  const plane = await startControlPlane({ controllers: [] });
  const admin = new KubeAdmin(plane);
  const random = new SeededRandom(1);
  const objects = Array.from({ length: OBJECTS }, (_, index) =>
    loadItem(configMapObject({ namespace: 'default', name: `c-${String(index)}` }, random, 1000)),
  );
  try {
    await bulkLoad(admin, objects);
    return plane;
  } catch (error) {
    await plane.stop();
    throw error;
  } finally {
    admin.close();
  }
}

const nameOf = (index: number): string => `fleet-${String(index)}`;

/** One file with a context for each cluster. */
function kubeconfigOf(planes: readonly ControlPlane[], folder: string): string {
  const configs = planes.map(({ url, caPem, adminToken }, index) => {
    const name = nameOf(index);
    const options = { path: join(folder, `${name}.json`), name, server: url, caPem, token: adminToken };
    return JSON.parse(readFileSync(writeKubeconfig(options), 'utf8')) as Kubeconfig;
  });
  const merged = {
    ...configs[0],
    clusters: configs.flatMap(({ clusters }) => clusters),
    users: configs.flatMap(({ users }) => users),
    contexts: configs.flatMap(({ contexts }) => contexts),
  };
  const path = join(folder, 'fleet.json');
  writeFileSync(path, JSON.stringify(merged), { mode: 0o600 });
  return path;
}

type Kubeconfig = Readonly<Record<'clusters' | 'users' | 'contexts', readonly object[]>>;

async function allInSync({ client }: MesheryServer): Promise<boolean> {
  const { clusters } = await client.clusters();
  const there = clusters.filter(({ state, objectCount }) => state === 'in-sync' && objectCount >= OBJECTS);
  return there.length === CLUSTERS;
}
