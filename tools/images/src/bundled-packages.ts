import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** An npm package whose code is in an image. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** As the package says it. */
  readonly license: string | undefined;
  /** Subresource integrity of its archive from the lock file, for example `sha512-..`. */
  readonly integrity: string | undefined;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The part of package-lock.json that is read: packages by their folder. */
export type PackageLock = Readonly<Record<string, LockedPackage>>;

/** Reads the lock file's packages. */
export function readLock(root: string): PackageLock {
  return (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: PackageLock }).packages;
}

/** The folders of the packages whose code went into a bundle: its source maps name every file that did. */
export function bundledFolders(root: string, bundle: string): string[] {
  const maps = readdirSync(bundle).filter((file) => file.endsWith('.js.map'));
  const sources = maps.flatMap((file) => {
    const map = JSON.parse(readFileSync(join(bundle, file), 'utf8')) as { sources: string[] };
    return map.sources.map((source) => resolve(dirname(join(bundle, file)), source));
  });
  const folders = sources.flatMap((source) => packageFolder(source.slice(root.length + 1)) ?? []);
  return [...new Set(folders)].sort();
}

/** `node_modules/@a/b` of `node_modules/@a/b/lib/c.js`; undefined for a file of no package. */
export function packageFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

/** The folders of everything that a workspace's production code may load, by the lock file. */
export function dependencyFolders(lock: PackageLock, workspace: string): string[] {
  const seen = new Set<string>();
  const open = [workspace];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const name of Object.keys(lock[folder]?.dependencies ?? {})) {
      const found = resolvePackage(lock, folder, name);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      open.push(found);
    }
  }
  return [...seen].filter((folder) => folder.includes('node_modules/')).sort();
}

/** Looks a package up as Node does, from the innermost folder outwards. */
function resolvePackage(lock: PackageLock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const locked = lock[candidate];
    if (locked?.link === true) return locked.resolved;
    if (locked !== undefined) return candidate;
    if (folder === '') return undefined;
  }
}

/** What is known of the packages in these folders, sorted by name and version; each once. */
export function describePackages(root: string, lock: PackageLock, folders: readonly string[]): NpmPackage[] {
  const packages = folders.map((folder) => describe(root, lock, folder)).filter((one) => one !== undefined);
  const unique = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function describe(root: string, lock: PackageLock, folder: string): NpmPackage | undefined {
  const locked = lock[folder];
  const version = locked?.version ?? installedVersion(join(root, folder, 'package.json'));
  if (version === undefined) return undefined;
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return { name, version, license: locked?.license, integrity: locked?.integrity };
}

function installedVersion(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version;
}
