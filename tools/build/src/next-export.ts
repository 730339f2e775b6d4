import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../setup/src/run-command.ts';
import type { Project } from './workspace.ts';

const NEXT_TIMEOUT_MS = 15 * 60_000;
const skipped = new Set(['node_modules', '.next', 'out', 'dist', 'test-results', '.turbo']);
/** Libraries that the dashboard may import (a lint rule keeps it so). */
const libraries = ['libs/contracts', 'libs/errors', 'libs/object-model', 'libs/client'];

/** Builds a Next.js app as static files in `<folder>/out`. */
export async function exportNext(root: string, project: Project): Promise<void> {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  await runCommand(process.execPath, [next, 'build'], {
    cwd: join(root, project.folder),
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    timeoutMs: NEXT_TIMEOUT_MS,
  });
  if (!existsSync(nextOutput(root, project))) {
    throw new Error(`next build wrote no ${nextOutput(root, project)}; next.config needs output: 'export'`);
  }
}

/** The file whose presence says that the export is there. */
export function nextOutput(root: string, project: Project): string {
  return join(root, project.folder, 'out', 'index.html');
}

/** Every file that decides the export, relative to the root; tests are none. */
export function nextInputs(root: string, project: Project): readonly string[] {
  const folders = [project.folder, ...libraries.filter((library) => existsSync(join(root, library)))];
  return folders.flatMap((folder) => filesBelow(root, folder)).filter((file) => !/\.(spec|e2e-spec)\.tsx?$/.test(file));
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(root, `${folder}/${entry.name}`);
    // Next rewrites next-env.d.ts itself.
    return entry.isFile() && entry.name !== 'next-env.d.ts' ? [`${folder}/${entry.name}`] : [];
  });
}
