import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { compilePlugin } from '../build/src/compile-plugin.ts';

/** The folder of this repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Only our own sources go through the compiler; packages are loaded as they are installed. */
const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@meshery/') ? undefined : { path, external: true },
    );
  },
};

/** Compiles a module with decorators and what it imports of ours, and gives what its one function answers. */
export async function textOfModule(entry: string, name: string): Promise<string> {
  // Below node_modules, so that packages outside the bundle are found.
  const folder = mkdtempSync(join(root, 'node_modules', '.generate-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: [join(root, entry)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      plugins: [packagesOutside, compilePlugin(root, { workers: new Set(), missing: new Set() })],
      logLevel: 'error',
    });
    const exported = (await import(pathToFileURL(outfile).href)) as Readonly<Record<string, () => Promise<string>>>;
    return (await exported[name]?.()) ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
