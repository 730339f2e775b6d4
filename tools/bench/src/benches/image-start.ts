import { InstalledScene, type InventoryClient, SeededRandom, configMapObject, waitUntil } from '@meshery/testing';
import { processStart } from '../measure/process-start.ts';
import { median, round } from '../measure/stats.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';

const OBJECTS = 2000;
const FIRST_BAR_S = 3;
const RUNS = 3;
const LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 10;
const namespace = 'load';
/** Who is connected to the broker, as its monitor says. */
const connections = '/api/v1/namespaces/meshery/pods/meshery-nats-0:8222/proxy/connz';
const resource = 'meshery/meshery-meshsync';

/** Seconds from the start of the agent's container. */
interface Run {
  readonly first: number;
  readonly all: number;
}

/** The agent's container on a real node: to the first of 2,000 objects in an empty database, and to all of them. */
export async function benchImageStart(session: BenchSession): Promise<BenchRow[]> {
  await session.spoil();
  const circumstances = session.circumstances();
  const scene = await InstalledScene.start();
  try {
    await scene.kubectl('create', 'namespace', namespace);
    await createObjects(scene);
    await scene.install('operator', 'kustomize');
    const runs: Run[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await startOnce(scene));
    const first = runs.map((one) => one.first);
    const slow = median(first) > FIRST_BAR_S ? [`the first object came after ${String(median(first))} s`] : [];
    const details = { ...circumstances, objects: OBJECTS, firstBar: FIRST_BAR_S, first: round(median(first)), runs };
    return [
      judge('meshsync-image-start', { ours: round(median(runs.map(({ all }) => all))), problems: slow, details }),
    ];
  } finally {
    await scene.stop();
  }
}

async function createObjects({ cluster }: InstalledScene): Promise<void> {
  const random = new SeededRandom(1);
  for (let index = 0; index < OBJECTS; index += 1) {
    const object = configMapObject({ namespace, name: `c-${String(index)}` }, random, 1000);
    await cluster.admin.create(`/api/v1/namespaces/${namespace}/configmaps`, object);
  }
}

/** A server with an empty database first, then the agent. */
async function startOnce(scene: InstalledScene): Promise<Run> {
  await scene.install('server', 'kustomize');
  await scene.kubectl('-n', 'meshery', 'delete', 'meshsync', 'meshery-meshsync', '--wait=true');
  await waitUntil(
    { what: 'the end of the agent', timeoutMs: LIMIT_MS },
    () => processStart(`MESHSYNC_RESOURCE=${resource}`) === undefined,
  );
  await scene.holds('broker/meshery-broker');
  await waitUntil({ what: 'the bridge at the broker', timeoutMs: LIMIT_MS }, async () => {
    const { status, body } = await scene.cluster.admin.send({ path: connections });
    return status === 200 && body.includes('"name": "meshery-server"');
  });
  const client = await scene.signIn();
  const { metadata } = await scene.cluster.admin.json({ path: '/api/v1/namespaces/kube-system' });
  try {
    await scene.kubectl('apply', '-f', scene.fileOf('server', 'meshsync.yaml'));
    const firstAt = await timeOf(client, metadata.uid, 1);
    const allAt = await timeOf(client, metadata.uid, OBJECTS);
    const startedAt = processStart(`MESHSYNC_RESOURCE=${resource}`);
    if (startedAt === undefined) throw new Error('the agent has ended');
    return { first: round((firstAt - startedAt) / 1000), all: round((allAt - startedAt) / 1000) };
  } finally {
    client.close();
    await scene.uninstall('server', 'kustomize');
  }
}

/** When that many objects of the namespace are in the database. */
function timeOf(client: InventoryClient, clusterId: string, objects: number): Promise<number> {
  const what = `${String(objects)} objects in the database`;
  return waitUntil({ what, timeoutMs: LIMIT_MS, everyMs: LOOK_EVERY_MS }, async () => {
    const { totalCount } = await client.page(clusterId, `namespace=${namespace}&kind=ConfigMap&pagesize=1`);
    return totalCount >= objects ? Date.now() : undefined;
  });
}
