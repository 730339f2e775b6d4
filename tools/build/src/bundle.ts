import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';
import { compilePlugin } from './compile-plugin.ts';
import type { CompileNotes } from './compile-plugin.ts';
import { makeInstallable } from './installable.ts';
import { leanPlugin } from './lean-plugin.ts';
import type { Project } from './workspace.ts';

/** What bundling one app gave. */
export interface BundleReport {
  /** Bytes of each JavaScript file, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Our own source files that went in, relative to the root. */
  readonly inputs: readonly string[];
  /** Optional packages that stayed outside because they are not installed. */
  readonly missing: readonly string[];
}

/** better-sqlite3 and koffi load native binaries from their own folders, so they cannot be moved into a bundle. */
const externals = ['better-sqlite3', 'koffi', 'pg-native'];

/** CommonJS dependencies inside an ES module still ask for these three. */
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('');

/**
 * Bundles one Node app and the workers it starts into `dist/<name>/`. Written beside first and put in place by
 * renaming, so that nobody ever sees half of it.
 */
export async function bundleApp(root: string, project: Pick<Project, 'name' | 'folder'>): Promise<BundleReport> {
  const target = join(root, 'dist', project.name);
  const staging = join(root, 'dist', `.staging-${project.name}-${String(process.pid)}`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    const report = await bundleInto(root, project, staging);
    makeInstallable(root, project.folder, staging);
    rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
    return report;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function bundleInto(root: string, project: Pick<Project, 'folder'>, outdir: string): Promise<BundleReport> {
  const notes: CompileNotes = { workers: new Set(), missing: new Set() };
  const metafiles: Metafile[] = [];
  const entries = [join(root, project.folder, 'src', 'main.ts')];
  const built = new Set<string>();
  while (entries.length > 0) {
    for (const entry of entries) built.add(entry);
    metafiles.push(await esbuild(root, entries.splice(0), outdir, notes));
    entries.push(...[...notes.workers].filter((worker) => !built.has(worker)));
  }
  return {
    sizes: Object.assign({}, ...metafiles.map(sizesOf)) as Record<string, number>,
    inputs: metafiles.flatMap((metafile) => inputsOf(root, metafile)),
    missing: [...notes.missing].sort(),
  };
}

async function esbuild(
  root: string,
  entryPoints: readonly string[],
  outdir: string,
  notes: CompileNotes,
): Promise<Metafile> {
  const options: BuildOptions & { metafile: true } = {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entryPoints.map((entry) => [basename(entry, '.ts'), entry])),
    outdir,
    bundle: true,
    // Dynamic imports become files of their own: what is not used is neither read nor compiled.
    splitting: true,
    chunkNames: 'chunk-[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    conditions: ['node'],
    sourcemap: 'linked',
    sourcesContent: false,
    // Names stay: Nest names providers after classes, and stacks should be readable.
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    // Libraries leave out checks that only help while developing, GraphQL's for every value that comes in.
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    external: [...externals],
    banner: { js: banner },
    plugins: [compilePlugin(root, notes), leanPlugin()],
    metafile: true,
    logLevel: 'silent',
  };
  return (await build(options)).metafile;
}

function sizesOf(metafile: Metafile): Record<string, number> {
  const outputs = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.js'));
  return Object.fromEntries(outputs.map(([path, output]) => [basename(path), output.bytes]));
}

/** Packages are covered by the lock file; only our own files are compared one by one. */
function inputsOf(root: string, metafile: Metafile): string[] {
  const files = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules/'));
  return files.map((path) => relative(root, join(root, path)));
}
