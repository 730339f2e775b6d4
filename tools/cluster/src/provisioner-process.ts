import { fileURLToPath } from 'node:url';
import { ensureProcess } from './processes.ts';
import type { Cluster } from './state.ts';

/** Starts the cluster's volume provisioner unless it is alive. */
export async function ensureProvisioner(cluster: Cluster): Promise<void> {
  const program = fileURLToPath(new URL('provisioner.ts', import.meta.url));
  await ensureProcess(cluster.dir, { name: 'provisioner', file: process.execPath, args: [program, cluster.dir] });
}
