import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { transform } from '@swc/core';
import type { Options as SwcOptions } from '@swc/core';
import type { OnLoadResult, Plugin, PluginBuild } from 'esbuild';

/** What the plugin learns while it loads sources. */
export interface CompileNotes {
  /** Absolute paths of the worker entries that sources start. */
  readonly workers: Set<string>;
  /** Optional packages that are not installed and stay outside the bundle. */
  readonly missing: Set<string>;
}

const decorated = /^\s*@[A-Z]\w*\(/m;
const workerUrl = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.worker)\.ts\1/g;

/**
 * Compiles our TypeScript for esbuild: files with decorators go through swc, since esbuild emits no decorator
 * metadata; `new URL('./x.worker.ts', import.meta.url)` becomes `./x.worker.js`, and the worker is noted as an entry.
 * Optional packages that are not installed stay external, so that the code that asks for them can find that out.
 */
export function compilePlugin(root: string, notes: CompileNotes): Plugin {
  const swcOptions = readSwcOptions(root);
  return {
    name: 'meshery-compile',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => load(path, swcOptions, notes));
      keepMissingExternal(build, notes);
    },
  };
}

async function load(path: string, swcOptions: SwcOptions, notes: CompileNotes): Promise<OnLoadResult> {
  const source = await readFile(path, 'utf8');
  const rewritten = source.replace(workerUrl, (_match, quote: string, target: string) => {
    notes.workers.add(join(dirname(path), `${target}.ts`));
    return `new URL(${quote}./${basename(target)}.js${quote}`;
  });
  if (!decorated.test(rewritten)) return { contents: rewritten, loader: 'ts' };
  const { code } = await transform(rewritten, { ...swcOptions, filename: path });
  return { contents: code, loader: 'js' };
}

function readSwcOptions(root: string): SwcOptions {
  const parsed = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8')) as SwcOptions & { $schema?: string };
  const { $schema: _schema, ...options } = parsed;
  return { ...options, swcrc: false, configFile: false, sourceMaps: 'inline' };
}

const ourResolve = Symbol('meshery.resolve');

function keepMissingExternal(build: PluginBuild, notes: CompileNotes): void {
  build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...rest }) => {
    const isOptionalKind = rest.kind === 'dynamic-import' || rest.kind === 'require-call';
    if (!isOptionalKind || pluginData === ourResolve || path.startsWith('node:')) return undefined;
    const { importer, namespace, resolveDir, kind } = rest;
    const found = await build.resolve(path, { importer, namespace, resolveDir, kind, pluginData: ourResolve });
    if (found.errors.length === 0) return found;
    notes.missing.add(path);
    return { path, external: true };
  });
}
