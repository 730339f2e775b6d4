import { aptCommand, aptInstall, aptPrefix } from './apt.ts';
import { controlPlaneBinaries, findBinary, nodeBinaries, resolveBinaries } from './binaries.ts';
import {
  type DebianPackage,
  chromiumPackages,
  dockerPackages,
  loadPackages,
  missingPackages,
  nodePackages,
  policyPackages,
  postgresPackages,
  prometheusPackages,
  pythonPackages,
  toolPackages,
} from './debian-packages.ts';
import { type Say, sayOnStderr } from './progress.ts';
import type { BinaryName } from './recipes.ts';
import { findOnPath, runCommandAnyway } from './run-command.ts';
import { ToolError } from './tool-error.ts';

/** What a test may need beside the npm packages; `load` is for benchmarks only. */
export type TestNeed =
  | 'tools'
  | 'cluster'
  | 'images'
  | 'nats'
  | 'chromium'
  | 'postgres'
  | 'prometheus'
  | 'python'
  | 'docker'
  | 'nodes'
  | 'charts'
  | 'load';

interface Requirement {
  readonly packages: readonly DebianPackage[];
  readonly binaries: readonly BinaryName[];
}

const requirements: Readonly<Record<TestNeed, Requirement>> = {
  tools: { packages: toolPackages, binaries: [] },
  cluster: { packages: [], binaries: [...controlPlaneBinaries, 'kubectl'] },
  images: { packages: [], binaries: ['launcher', 'nats-exporter', 'nats-server-config-reloader'] },
  nats: { packages: [], binaries: ['nats-server'] },
  chromium: { packages: chromiumPackages, binaries: [] },
  postgres: { packages: postgresPackages, binaries: [] },
  prometheus: { packages: prometheusPackages, binaries: [] },
  python: { packages: pythonPackages, binaries: [] },
  docker: { packages: dockerPackages, binaries: [] },
  nodes: { packages: [...nodePackages, ...policyPackages], binaries: [...nodeBinaries, 'kube-router', 'probe'] },
  charts: { packages: [], binaries: ['helm'] },
  load: { packages: loadPackages, binaries: [] },
};

/** Every need of the tests; what only tests in clusters with nodes have, which takes longest to build, comes last. */
export const allTestNeeds = (Object.keys(requirements) as TestNeed[]).filter((need) => need !== 'load');

/** What is missing of some needs. */
export interface MissingNeeds {
  readonly packages: readonly string[];
  readonly binaries: readonly BinaryName[];
}

/** Looks, without changing anything, at what is missing. */
export async function missingTestNeeds(needs: readonly TestNeed[] = allTestNeeds): Promise<MissingNeeds> {
  const wanted = needs.map((need) => requirements[need]);
  const binaries = [...new Set(wanted.flatMap((one) => one.binaries))];
  const found = await Promise.all(binaries.map(findBinary));
  return {
    packages: missingPackages(wanted.flatMap((one) => one.packages)),
    binaries: binaries.filter((_, index) => found[index] === undefined),
  };
}

/**
 * Makes sure that what tests need is there: installs Debian packages (as root, or in CI by sudo) and builds programs.
 * Where nothing may be installed it fails at once and names everything that is missing. Nothing happens, in
 * milliseconds, when all is there.
 */
export async function ensureTestNeeds(
  needs: readonly TestNeed[] = allTestNeeds,
  options: { readonly say?: Say } = {},
): Promise<void> {
  const say = options.say ?? sayOnStderr;
  const missing = await missingTestNeeds(needs);
  if (missing.packages.length > 0) await installPackages(needs, missing.packages, say);
  if (missing.binaries.length > 0) await resolveBinaries(missing.binaries, { say });
}

async function installPackages(needs: readonly TestNeed[], names: readonly string[], say: Say): Promise<void> {
  const prefix = aptPrefix();
  if (prefix === undefined) {
    throw new ToolError(
      `tests need programs that are not here: ${names.join(', ')}`,
      `Install them: sudo sh -c '${aptCommand(names)}'`,
    );
  }
  await aptInstall(names, prefix, say);
  if (names.includes('postgresql')) await stopPostgresService();
  const still = (await missingTestNeeds(needs)).packages;
  if (still.length === 0) return;
  throw new ToolError(
    `${still.join(', ')} is installed, but what tests need of it was not found`,
    `Look where it is: dpkg -L ${still.join(' ')}`,
  );
}

/** Debian starts a server when it installs one; tests start their own, and its port is theirs to use. */
async function stopPostgresService(): Promise<void> {
  if (findOnPath('pg_lsclusters') === undefined) return;
  const { stdout } = await runCommandAnyway('pg_lsclusters', ['--no-header']);
  for (const line of stdout.split('\n').filter((row) => row.includes('online'))) {
    const [version, name] = line.split(/\s+/);
    if (version !== undefined && name !== undefined) await runCommandAnyway('pg_ctlcluster', [version, name, 'stop']);
  }
}
