/** `npm start`: builds what changed and runs the server for the user's cluster, or for a local playground. */
import { join } from 'node:path';
import { isMesheryError } from '@meshery/errors';
import { buildProjects } from '../build/src/build-projects.ts';
import { findProjects, repositoryRoot } from '../build/src/workspace.ts';
import { memorySettings } from '../images/src/memory-settings.ts';
import { runForeground } from '../setup/node-runtime.mjs';
import { sayOnStderr } from '../setup/src/progress.ts';
import { describeError } from '../setup/src/tool-error.ts';
import { findCluster } from './src/find-cluster.ts';
import { checkSettings, parseStartArguments, usage } from './src/start-arguments.ts';
import type { StartArguments } from './src/start-arguments.ts';

const PLAYGROUND = 'playground';

async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseStartArguments(argv);
  if (parsed.help) {
    process.stdout.write(usage);
    return 0;
  }
  checkSettings(parsed.forServer, process.env);
  const wanted = ['server', 'dashboard', 'provider-ui'];
  const names = findProjects(repositoryRoot).filter((project) => wanted.includes(project.name));
  const [clusterArguments] = await Promise.all([
    chooseCluster(parsed),
    buildProjects({ names: names.map((project) => project.name) }),
  ]);
  const main = join(repositoryRoot, 'dist', 'server', 'main.js');
  const defaults = ['dashboard', 'provider-ui'].flatMap((app) => {
    const flag = `--${app}-dir`;
    const isNamed = argv.some((argument) => argument.startsWith(flag));
    return isNamed ? [] : [flag, join(repositoryRoot, 'apps', app, 'out')];
  });
  return runForeground(process.execPath, [main, ...parsed.forServer, ...defaults, ...clusterArguments], {
    env: { ...memorySettings.server, ...process.env },
  });
}

/** Arguments that point the server at the playground; none when the user's own cluster serves. */
async function chooseCluster(parsed: StartArguments): Promise<readonly string[]> {
  if (parsed.namesClusters || parsed.wantsNoCluster) return [];
  const found = await findCluster({ env: process.env });
  if (found.kind === 'reachable') {
    sayOnStderr(`using the current context of your kubeconfig: ${found.context}`);
    return [];
  }
  sayOnStderr(`no cluster to discover (${found.reason})`);
  sayOnStderr(`bringing up a local Kubernetes cluster instead; remove it with: npm run cluster -- down`);
  const { up } = await import('../cluster/src/index.ts');
  return ['--kubeconfig', await up({ name: PLAYGROUND })];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`start: ${describeError(error)}\n`);
  process.exitCode = isMesheryError(error) ? error.mapping.exit : 1;
}
