import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlPlane, type InventoryClient, MesheryServer } from '@meshery/testing';
import { type ClusterFacts, wrongRows } from '../measure/cluster-facts.ts';
import type { Subject } from '../measure/rounds.ts';
import { round } from '../measure/stats.ts';
import { UsageWatch } from '../measure/usage.ts';
import { ApiServerGate } from './gate.ts';
import type { Sample } from './sample.ts';

const SYNC_TIMEOUT_MS = 120_000;
const LOOK_EVERY_MS = 20;

/** The server with embedded discovery: from an empty store to all rows answered by REST. */
export function embeddedSubject(plane: ControlPlane, facts: ClusterFacts): Subject<Sample> {
  return { name: 'embedded', run: () => syncOnce(plane, facts) };
}

async function syncOnce(plane: ControlPlane, facts: ClusterFacts): Promise<Sample> {
  const gate = new ApiServerGate(plane);
  gate.close();
  try {
    await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath });
    const watch = new UsageWatch({ ...plane.pids(), server: server.process.pid });
    const started = performance.now();
    gate.open();
    await waitForRows(server.client, facts);
    const seconds = round((performance.now() - started) / 1000);
    const processes = watch.read();
    return { seconds, processes, problems: await wrongRows(server.client, facts) };
  } finally {
    gate.open();
  }
}

/** Asks REST until it counts every row. */
export async function waitForRows(client: InventoryClient, facts: ClusterFacts): Promise<void> {
  const deadline = performance.now() + SYNC_TIMEOUT_MS;
  let count = 0;
  while (performance.now() < deadline) {
    count = await client.count(facts.id);
    if (count >= facts.states.length) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(
    `REST counts ${String(count)} of ${String(facts.states.length)} rows after ${String(SYNC_TIMEOUT_MS / 1000)} s`,
  );
}
