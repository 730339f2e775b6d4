import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './tools.ts';

/** Names of the services that run as processes of their own. */
export type ServiceName = 'server' | 'meshsync' | 'broker-bridge' | 'operator' | 'remote-provider';

/** The services, and the programs that end by themselves. */
export type BundleName = ServiceName | 'provider-conformance';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const BUILD_TIMEOUT_MS = 20 * 60_000;

/**
 * Builds what changed of the named services: seconds the first time, nothing after. A process of its own does it, so
 * that no compiler stays in memory beside what is measured.
 */
export async function buildBundles(names: readonly BundleName[]): Promise<void> {
  const script = join(root, 'tools', 'build', 'main.ts');
  await runCommand(process.execPath, [script, ...names], {
    cwd: root,
    env: { NODE_OPTIONS: '' },
    timeoutMs: BUILD_TIMEOUT_MS,
  });
}

/** The built entry file of a service. */
export function bundleEntry(name: BundleName): string {
  return join(root, 'dist', name, 'main.js');
}
