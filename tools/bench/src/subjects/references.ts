import type { ControlPlane } from '@meshery/testing';
import type { ClusterFacts } from '../measure/cluster-facts.ts';
import type { Subject } from '../measure/rounds.ts';
import { round } from '../measure/stats.ts';
import { timeProgram } from '../measure/time-program.ts';
import { UsageWatch } from '../measure/usage.ts';
import { curlConfig } from './download.ts';
import type { Sample } from './sample.ts';

/** The bare compact download of every list by curl, one after the other over one connection. */
export function downloadSubject(plane: ControlPlane, facts: ClusterFacts, dir: string): Subject<Sample> {
  const config = curlConfig(dir, plane, facts.resources);
  return { name: 'download', run: () => runProgram(plane, 'curl', ['--config', config]) };
}

/** `kubectl get -A -o json` of the same kinds. */
export function kubectlSubject(plane: ControlPlane, facts: ClusterFacts): Subject<Sample> {
  const kinds = facts.resources.map(({ key }) => key.replace(/\.v1\.$/, '')).join(',');
  const args = ['--kubeconfig', plane.kubeconfigPath, 'get', '--all-namespaces', '--output', 'json', kinds];
  return { name: 'kubectl', run: () => runProgram(plane, 'kubectl', args) };
}

async function runProgram(plane: ControlPlane, file: string, args: readonly string[]): Promise<Sample> {
  const watch = new UsageWatch(plane.pids());
  const { seconds, cpuSeconds, peakRssMb } = await timeProgram(file, args);
  const processes = { ...watch.read(), [file]: { cpuSeconds, peakRssMb } };
  return { seconds: round(seconds), processes, problems: [] };
}
