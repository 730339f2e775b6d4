import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { withLock } from '../../setup/lock.mjs';
import { ensurePackages } from '../../setup/packages.mjs';
import { cacheRoot } from '../../setup/src/binaries.ts';
import { sayOnStderr } from '../../setup/src/progress.ts';
import { runCommand, runCommandAnyway } from '../../setup/src/run-command.ts';
import { ToolError } from '../../setup/src/tool-error.ts';

/** What an earlier commit of this repository is installed from. */
export interface CommitBuild {
  /** Tag of its images. */
  readonly tag: string;
  /** Its folder `deploy`, whose manifests name the images by the product's version. */
  readonly deploy: string;
  /** The archives of the images that hold apps. */
  readonly archives: readonly string[];
}

const TIMEOUT_MS = 15 * 60_000;
const ourPackages = '@meshery';

/**
 * Builds the images of a commit, with the packages of this checkout where they are the same: half a minute,
 * once for each commit. The server's has no dashboard. Throws a ToolError when the clone does not have the commit.
 */
export async function buildCommit(commit: string): Promise<CommitBuild> {
  const home = join(cacheRoot(), 'commits', commit);
  await withLock(join(cacheRoot(), 'locks', `commit-${commit}`), { timeoutMs: TIMEOUT_MS }, async () => {
    if (!existsSync(home)) await buildInto(home, commit);
  });
  const images = join(home, 'images');
  const archives = readdirSync(images).map((file) => join(images, file));
  return { tag: tagOf(commit), deploy: join(home, 'deploy'), archives };
}

function tagOf(commit: string): string {
  return commit.slice(0, 12);
}

/** Put in place by renaming, so that nobody ever sees half of it. */
async function buildInto(home: string, commit: string): Promise<void> {
  const checkout = `${home}.checkout`;
  const staging = `${home}.new`;
  // The lock is ours: what a build left here that was killed, nobody uses.
  for (const left of [checkout, staging]) rmSync(left, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    await checkOut(commit, checkout);
    await providePackages(checkout);
    const script = fileURLToPath(new URL('checkout-process.ts', import.meta.url));
    const args = [script, checkout, tagOf(commit), join(staging, 'images')];
    await runCommand(process.execPath, args, { env: { NODE_OPTIONS: '' }, timeoutMs: TIMEOUT_MS });
    renameSync(join(checkout, 'deploy'), join(staging, 'deploy'));
    renameSync(staging, home);
  } finally {
    for (const left of [checkout, staging]) rmSync(left, { recursive: true, force: true });
  }
}

async function checkOut(commit: string, folder: string): Promise<void> {
  const found = await runCommandAnyway('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: repositoryRoot });
  if (found.code !== 0) {
    throw new ToolError(
      `commit ${commit} is not in this clone, and an earlier version is built from it: ${found.stderr.trim()}`,
      'Get the whole history: git fetch --unshallow (in CI: check out with all commits)',
    );
  }
  mkdirSync(folder);
  const archive = join(folder, 'checkout.tar');
  await runCommand('git', ['archive', `--output=${archive}`, commit], { cwd: repositoryRoot });
  await runCommand('tar', ['-xf', archive, '-C', folder]);
  rmSync(archive);
}

/** The part of a package-lock.json that says which packages are where. */
interface PackageLock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly link?: boolean }>>;
}

function readLock(root: string): PackageLock {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as PackageLock;
}

/** True when every package of the older lock is here in the same version; those that came later are in nobody's way. */
export function hasEveryPackage(ours: PackageLock, older: PackageLock): boolean {
  return Object.entries(older.packages).every(
    ([path, { version, link }]) =>
      !path.includes('node_modules/') || link === true || ours.packages[path]?.version === version,
  );
}

/** Links to the packages that are here; those of the repository itself are the checkout's own. */
async function providePackages(checkout: string): Promise<void> {
  if (!hasEveryPackage(readLock(repositoryRoot), readLock(checkout))) {
    await ensurePackages(checkout, sayOnStderr);
    return;
  }
  const [from, to] = [join(repositoryRoot, 'node_modules'), join(checkout, 'node_modules')];
  mkdirSync(to);
  for (const name of readdirSync(from).filter((entry) => entry !== ourPackages))
    symlinkSync(join(from, name), join(to, name));
  cpSync(join(from, ourPackages), join(to, ourPackages), { recursive: true, verbatimSymlinks: true });
}
