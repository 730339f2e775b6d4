import { existsSync, rmSync } from 'node:fs';
import { type Say, sayOnStderr, step } from '../../setup/src/progress.ts';
import { removeNodes } from './node-cleanup.ts';
import { processNames, stopMarkedProcesses, stopProcess } from './processes.ts';
import { clusterDir, readRecord } from './state.ts';
import { withClusterLock } from './up.ts';

/** What `down` is asked for. */
export interface DownOptions {
  readonly name: string;
  readonly say?: Say;
}

/** Removes a cluster with everything it made; nothing happens when there is none. Programs and caches are kept. */
export async function down(options: DownOptions): Promise<void> {
  const say = options.say ?? sayOnStderr;
  const dir = clusterDir(options.name);
  await withClusterLock(options.name, say, async () => {
    if (existsSync(dir)) await step(say, `cluster ${options.name}: removing`, () => removeCluster(dir));
    else say(`cluster ${options.name}: there is none`);
  });
}

/** Ends the processes (the API server's clients before it), then removes what nodes leave behind, then the data. */
export async function removeCluster(dir: string): Promise<void> {
  const names = processNames(dir);
  const last = ['kube-apiserver', 'etcd'];
  const first = names.filter((name) => !last.includes(name));
  await Promise.all(first.map((name) => stopProcess(dir, name, { signal: 'SIGKILL' })));
  for (const name of last) await stopProcess(dir, name, { signal: 'SIGKILL' });
  await stopMarkedProcesses(dir);
  const record = readRecord(dir);
  if (record !== undefined) await removeNodes({ dir, record });
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
