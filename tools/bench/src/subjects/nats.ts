import { type ControlPlane, OperatorStack } from '@meshery/testing';
import type { ClusterFacts } from '../measure/cluster-facts.ts';
import { wrongRows } from '../measure/cluster-facts.ts';
import type { Subject } from '../measure/rounds.ts';
import { round } from '../measure/stats.ts';
import { UsageWatch } from '../measure/usage.ts';
import { waitForRows } from './embedded.ts';
import { ApiServerGate } from './gate.ts';
import type { Sample } from './sample.ts';

/** The same through meshsync, nats-server (JetStream file store), bridge and server. */
export function natsSubject(plane: ControlPlane, facts: ClusterFacts): Subject<Sample> {
  return { name: 'nats', run: () => syncOnce(plane, facts) };
}

async function syncOnce(plane: ControlPlane, facts: ClusterFacts): Promise<Sample> {
  const gate = new ApiServerGate(plane);
  gate.close();
  try {
    await using stack = await OperatorStack.start({ kubeconfig: plane.kubeconfigPath, clusterId: facts.id });
    const watch = new UsageWatch({ ...plane.pids(), ...stack.pids() });
    const started = performance.now();
    gate.open();
    await waitForRows(stack.server.client, facts);
    const seconds = round((performance.now() - started) / 1000);
    const processes = watch.read();
    return { seconds, processes, problems: await wrongRows(stack.server.client, facts) };
  } finally {
    gate.open();
  }
}
