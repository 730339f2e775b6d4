import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TarEntry } from '../../cluster/src/tar.ts';

/** The files below a folder, at `target` in the image, sorted; `wanted` takes paths relative to the folder. */
export function filesBelow(folder: string, target: string, wanted: (path: string) => boolean = () => true): TarEntry[] {
  return listFiles(folder)
    .filter(wanted)
    .map((path) => ({ path: `${target}/${path}`, content: readFileSync(join(folder, path)) }));
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The scripts of a bundle; maps and build records stay behind. */
export function bundleFiles(folder: string): TarEntry[] {
  return filesBelow(folder, 'app', (path) => path.endsWith('.js'));
}

/** What of better-sqlite3 is loaded at run time: its JavaScript and the native binary of this platform. */
export function sqliteFiles(root: string): TarEntry[] {
  const binary = `prebuilds/linux-${process.arch}.node`;
  const wanted = (path: string): boolean =>
    path === 'package.json' ||
    path === 'LICENSE' ||
    path === binary ||
    (path.startsWith('lib/') && path.endsWith('.js'));
  return filesBelow(join(root, 'node_modules', 'better-sqlite3'), 'app/node_modules/better-sqlite3', wanted);
}

/** What of koffi is loaded at run time: its JavaScript and the native binary of this platform, a package of its own. */
export function koffiFiles(root: string): TarEntry[] {
  const script = (path: string): boolean => /^(package\.json|LICENSE\.txt|index\.js|src\/koffi\/.*\.js)$/.test(path);
  const binary = (path: string): boolean =>
    /^(package\.json|index\.js)$/.test(path) || path === `linux_${process.arch}/koffi.node`;
  return koffiFolders.flatMap((folder, index) =>
    filesBelow(join(root, folder), `app/${folder}`, index === 0 ? script : binary),
  );
}

/** The packages of koffi, from the root of the repository. */
export const koffiFolders = ['node_modules/koffi', `node_modules/@koromix/koffi-linux-${process.arch}`] as const;

/** The native binary of better-sqlite3. */
export function sqliteBinary(root: string): string {
  return join(root, 'node_modules', 'better-sqlite3', 'prebuilds', `linux-${process.arch}.node`);
}
