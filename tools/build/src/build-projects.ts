import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../setup/lock.mjs';
import { sayOnStderr, step } from '../../setup/src/progress.ts';
import type { Say } from '../../setup/src/progress.ts';
import { ToolError } from '../../setup/src/tool-error.ts';
import { isCurrent, sharedInputs, stampOf, writeStamp } from './stamp.ts';
import { exportNext, nextInputs, nextOutput } from './next-export.ts';
import { findProjects, repositoryRoot } from './workspace.ts';
import type { Project } from './workspace.ts';

/** What to build and how. */
export interface BuildOptions {
  /** Names such as "server" or "dashboard"; everything when empty or absent. */
  readonly names?: readonly string[];
  /** Build even what did not change. */
  readonly force?: boolean;
  readonly say?: Say;
  readonly root?: string;
}

/** One built or skipped app. */
export interface BuildResult {
  readonly name: string;
  readonly outcome: 'built' | 'unchanged';
  readonly seconds: number;
  /** Total bytes of JavaScript; only of bundled apps that were built. */
  readonly bytes?: number;
}

const LOCK_TIMEOUT_MS = 20 * 60_000;

/** Builds what changed. Safe to call from several processes at once: one builds, the others wait and find it done. */
export async function buildProjects(options: BuildOptions = {}): Promise<readonly BuildResult[]> {
  const root = options.root ?? repositoryRoot;
  const projects = chosen(root, options.names ?? []);
  const stale = projects.filter((project) => options.force === true || !isBuilt(root, project));
  if (stale.length === 0) return projects.map((project) => unchanged(project));
  const say = options.say ?? sayOnStderr;
  const onWait = (pid: number | undefined): void => {
    say(`waiting for process ${String(pid ?? '?')}, which builds`);
  };
  return withLock(join(root, '.nx', 'meshery-build.lock'), { timeoutMs: LOCK_TIMEOUT_MS, onWait }, async () => {
    const results: BuildResult[] = [];
    for (const project of projects) results.push(await buildOne(root, project, { ...options, say }));
    return results;
  });
}

function chosen(root: string, names: readonly string[]): readonly Project[] {
  const all = findProjects(root);
  const unknown = names.filter((name) => !all.some((project) => project.name === name));
  if (unknown.length > 0) {
    throw new ToolError(
      `there is nothing to build with the name ${unknown.join(', ')}`,
      `Known names: ${all.map((project) => project.name).join(', ')}`,
    );
  }
  return names.length === 0 ? all : all.filter((project) => names.includes(project.name));
}

function stampPath(root: string, project: Project): string {
  return join(root, 'dist', project.name, '.build.json');
}

function isBuilt(root: string, project: Project): boolean {
  const stamp = stampPath(root, project);
  if (project.kind === 'node') return existsSync(join(root, 'dist', project.name, 'main.js')) && isCurrent(root, stamp);
  return existsSync(nextOutput(root, project)) && isCurrent(root, stamp, nextInputs(root, project));
}

async function buildOne(root: string, project: Project, options: BuildOptions & { say: Say }): Promise<BuildResult> {
  const begun = performance.now();
  if (options.force !== true && isBuilt(root, project)) return unchanged(project);
  const bytes = await step(options.say, `building ${project.name}`, () =>
    project.kind === 'node' ? buildNode(root, project) : buildNext(root, project),
  );
  const seconds = (performance.now() - begun) / 1000;
  return { name: project.name, outcome: 'built', seconds, ...(bytes === undefined ? {} : { bytes }) };
}

function unchanged(project: Project): BuildResult {
  return { name: project.name, outcome: 'unchanged', seconds: 0 };
}

/** esbuild and swc are loaded only when something is built: that takes longer than the whole check. */
async function buildNode(root: string, project: Project): Promise<number> {
  const begun = Date.now();
  const { bundleApp } = await import('./bundle.ts');
  const report = await bundleApp(root, project);
  const manifests = ['package.json', `${project.folder}/package.json`];
  writeStamp(stampPath(root, project), stampOf(root, [...sharedInputs, ...manifests, ...report.inputs], begun));
  return Object.values(report.sizes).reduce((sum, size) => sum + size, 0);
}

async function buildNext(root: string, project: Project): Promise<undefined> {
  const begun = Date.now();
  await exportNext(root, project);
  writeStamp(stampPath(root, project), stampOf(root, [...sharedInputs, ...nextInputs(root, project)], begun));
  return undefined;
}
