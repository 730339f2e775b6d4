import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../lock.mjs';
import { type Say, sayOnStderr, step } from './progress.ts';
import { type BinaryName, type Recipe, pathRules, recipeOf } from './recipes.ts';
import { findOnPath, runCommand, runCommandAnyway } from './run-command.ts';
import { ToolError } from './tool-error.ts';

/** The programs of a control plane. */
export const controlPlaneBinaries = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** The programs that a cluster with nodes needs beside those of the control plane. */
export const nodeBinaries = ['kubelet', 'kube-proxy', 'coredns', 'pause'] as const;

/** How programs are looked for. */
export interface BinaryOptions {
  readonly say?: Say;
}

const BUILD_TIMEOUT_MS = 30 * 60_000;

/** Where caches of this project live: `$XDG_CACHE_HOME/meshery` or `~/.cache/meshery`. */
export function cacheRoot(): string {
  const home = process.env.XDG_CACHE_HOME;
  return join(home === undefined || home === '' ? join(homedir(), '.cache') : home, 'meshery');
}

/** The path a program has in the cache, whether it is there or not. */
export function cachedBinaryPath(name: BinaryName): string {
  return join(cacheRoot(), 'bin', `${name}-${recipeOf(name).version}`, name);
}

/** The path of a program that is there already (PATH or cache), undefined when it would have to be built. */
export async function findBinary(name: BinaryName): Promise<string | undefined> {
  const fromPath = await findNewEnough(name);
  if (fromPath !== undefined) return fromPath;
  const cached = cachedBinaryPath(name);
  return existsSync(cached) ? cached : undefined;
}

/** The path of one program; built when it is missing (minutes, once for each version). */
export async function resolveBinary(name: BinaryName, options: BinaryOptions = {}): Promise<string> {
  return (await resolveBinaries([name], options))[name];
}

/** The paths of several programs; those of one recipe are built by one `go build`. */
export async function resolveBinaries<Name extends BinaryName>(
  names: readonly Name[],
  options: BinaryOptions = {},
): Promise<Record<Name, string>> {
  const found = new Map<Name, string>();
  for (const name of names) {
    const path = (await findBinary(name)) ?? (await built(name, names, options.say ?? sayOnStderr));
    found.set(name, path);
  }
  return Object.fromEntries(found) as Record<Name, string>;
}

async function built(name: BinaryName, wanted: readonly BinaryName[], say: Say): Promise<string> {
  const recipe = recipeOf(name);
  const siblings = wanted.filter((other) => recipe.packages[other] !== undefined);
  await buildRecipe(recipe, siblings, say);
  return cachedBinaryPath(name);
}

async function buildRecipe(recipe: Recipe, names: readonly BinaryName[], say: Say): Promise<void> {
  const lock = join(
    cacheRoot(),
    'locks',
    `build-${Object.keys(recipe.packages)[0] ?? recipe.module}-${recipe.version}`,
  );
  const onWait = (pid: number | undefined): void => {
    say(`waiting for process ${String(pid ?? '?')}, which builds ${names.join(', ')}`);
  };
  await withLock(lock, { timeoutMs: BUILD_TIMEOUT_MS, onWait }, async () => {
    const missing = names.filter((name) => !existsSync(cachedBinaryPath(name)));
    if (missing.length === 0) return;
    const go = requireGo(missing);
    await step(say, `building ${missing.join(', ')} ${recipe.version} (once, kept in ${cacheRoot()})`, () =>
      goBuild(go, recipe, missing),
    );
  });
}

/** The Go toolchain. Throws when there is none: `names` say what it is wanted for. */
export function requireGo(names: readonly string[]): string {
  const go = findOnPath('go') ?? (existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : undefined);
  if (go !== undefined) return go;
  throw new ToolError(
    `the Go toolchain is needed to build ${names.join(', ')}, and there is no go on the PATH`,
    'Install Go >= 1.26 and run the command again (Debian: apt-get install golang; macOS: brew install go)',
  );
}

/** Builds into a folder beside the cache, then renames each program into place: a reader never sees half a file. */
async function goBuild(go: string, recipe: Recipe, names: readonly BinaryName[]): Promise<void> {
  const bin = join(cacheRoot(), 'bin');
  mkdirSync(bin, { recursive: true });
  const prefix = `.build-${names.join('-')}-`;
  // The lock is ours: what a build left here that was killed, nobody uses.
  for (const left of readdirSync(bin).filter((entry) => entry.startsWith(prefix)))
    rmSync(join(bin, left), { recursive: true, force: true });
  const staging = mkdtempSync(join(bin, prefix));
  try {
    const cwd = fileURLToPath(new URL(`../go/${recipe.module}/`, import.meta.url));
    const env = { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
    for (const name of names) mkdirSync(join(staging, name));
    const flags = ['-mod=readonly', '-trimpath', '-ldflags', ['-s', '-w', ...recipe.linkerFlags].join(' ')];
    for (const name of names) {
      const target = join(staging, name, name);
      await runCommand(go, ['build', ...flags, '-o', target, recipe.packages[name] ?? '.'], {
        cwd,
        env,
        timeoutMs: BUILD_TIMEOUT_MS,
      });
      publish(join(staging, name), name);
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function publish(folder: string, name: BinaryName): void {
  const target = join(cachedBinaryPath(name), '..');
  rmSync(target, { recursive: true, force: true });
  renameSync(folder, target);
}

async function findNewEnough(name: BinaryName): Promise<string | undefined> {
  const rule = pathRules[name];
  const path = rule === undefined ? undefined : findOnPath(name);
  if (rule === undefined || path === undefined) return undefined;
  const result = await runCommandAnyway(path, rule.versionArgs, { timeoutMs: 10_000 });
  const [, major, minor] = rule.pattern.exec(result.stdout) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const [wantMajor, wantMinor] = rule.atLeast;
  const newEnough = Number(major) > wantMajor || (Number(major) === wantMajor && Number(minor) >= wantMinor);
  return newEnough ? path : undefined;
}
