import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const repositoryRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** One thing that can be built. */
export interface Project {
  /** e.g. "server"; the folder under dist/. */
  readonly name: string;
  /** Folder relative to the repository's root, e.g. "apps/server". */
  readonly folder: string;
  readonly kind: 'node' | 'next';
}

/** Every app: with a `src/main.ts` it is bundled, with a `next.config.*` it is a static export. */
export function findProjects(root: string): readonly Project[] {
  const folders = [...subfolders(root, 'apps'), ...subfolders(root, 'apps/adapters')];
  return folders.flatMap((folder): Project[] => {
    const name = folder.slice('apps/'.length).replaceAll('/', '-');
    if (existsSync(join(root, folder, 'src', 'main.ts'))) return [{ name, folder, kind: 'node' }];
    const isNext = ['ts', 'mjs', 'js'].some((suffix) => existsSync(join(root, folder, `next.config.${suffix}`)));
    return isNext ? [{ name, folder, kind: 'next' }] : [];
  });
}

function subfolders(root: string, parent: string): string[] {
  if (!existsSync(join(root, parent))) return [];
  const entries = readdirSync(join(root, parent), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${parent}/${entry.name}`);
}
