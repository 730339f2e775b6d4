/** Writes the GraphQL schema of the server to docs/reference/schema.graphql. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { compilePlugin } from '../build/src/compile-plugin.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
// Below node_modules, so that packages outside the bundle are found.
const folder = mkdtempSync(join(root, 'node_modules', '.schema-'));

/** Only our own sources go through the compiler; packages are loaded as they are installed. */
const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@meshery/') ? undefined : { path, external: true },
    );
  },
};

try {
  const outfile = join(folder, 'schema-text.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'apps', 'server', 'scripts', 'schema-text.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [packagesOutside, compilePlugin(root, { workers: new Set(), missing: new Set() })],
    logLevel: 'error',
  });
  const { schemaText } = (await import(pathToFileURL(outfile).href)) as { schemaText: () => Promise<string> };
  writeFileSync(join(root, 'docs', 'reference', 'schema.graphql'), await schemaText());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
