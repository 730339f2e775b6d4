import { readFile, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import type { Plugin, PluginBuild } from 'esbuild';

/** Reached with `require`, through the one that the banner makes. */
const requireOnly = 'meshery-require-only';

/**
 * Keeps what bundles do not use out of memory.
 *
 * An ES import of a builtin reads each of its exports, and some are getters: WebSocket, CloseEvent and MessageEvent of
 * node:http load all of Node's own undici (10 MB), node:crypto's load web crypto (3 MB); `require` reads nothing. Nest's console logger, which ours replaces, makes a
 * DateTimeFormat when it is loaded (6 MB of ICU data): it gets it at the first use. A single character outside of
 * Latin-1, for example a micro sign in a regular expression, makes V8 keep the whole file with two bytes per character.
 */
export function leanPlugin(): Plugin {
  return {
    name: 'meshery-lean',
    setup(build) {
      requireBuiltins(build);
      build.onLoad({ filter: /@nestjs\/common\/services\/[\w.-]+\.js$/ }, async ({ path }) => ({
        contents: formatLater(await readFile(path, 'utf8')),
      }));
      build.onEnd(async ({ metafile, errors }) => {
        if (errors.length > 0) return;
        const files = Object.keys(metafile?.outputs ?? {}).filter((path) => /\.m?js$/.test(path));
        await Promise.all(files.map((path) => finishFile(build.initialOptions.absWorkingDir ?? '', path)));
      });
    },
  };
}

function requireBuiltins(build: PluginBuild): void {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind, namespace }) => {
    if (!isBuiltin(path)) return undefined;
    if (namespace === requireOnly) return { path, external: true };
    if (kind !== 'import-statement') return undefined;
    return { path: path.startsWith('node:') ? path : `node:${path}`, namespace: requireOnly };
  });
  build.onLoad({ filter: /.*/, namespace: requireOnly }, ({ path }) => ({
    contents: `module.exports = require(${JSON.stringify(path)});`,
  }));
}

const formatter = /\b(const|var|let) dateTimeFormatter = (new Intl\.DateTimeFormat\([^;]*\));/g;

/** Makes the formatters of a module when they are asked for something. */
export function formatLater(source: string): string {
  return source.replace(
    formatter,
    (_match, word: string, made: string) => `${word} dateTimeFormatter = { format: (date) => ${made}.format(date) };`,
  );
}

/** The same program in ASCII; escapes mean the same in texts, expressions and names. */
export function escapeNonAscii(source: string): string {
  // eslint-disable-next-line no-control-regex -- everything above ASCII
  return source.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const nameHelper = /\b__name ?= ?\(target, ?value\) ?=> ?(?=__defProp\(target)/;
const className = /\b__name\(this, ?("(?:[^"\\]|\\.)*")\)/g;

/**
 * What keeps names in a bundle defines a property on every function that is made, closures of hot paths too: a tenth of a
 * request. And it asks functions for their prototype, which comes into being at that moment, in the old generation, which
 * then has to be collected: a pause of 0.1 s every few seconds under load. So only classes, which are named in a block of
 * their own, get their names back; nobody looks for those of functions.
 */
export function nameLess(source: string): string {
  return source
    .replace(nameHelper, '__name=(target,value,isClass)=>isClass===undefined?target:')
    .replace(className, '__name(this,$1,1)');
}

async function finishFile(root: string, path: string): Promise<void> {
  const file = path.startsWith('/') ? path : `${root}/${path}`;
  const source = await readFile(file, 'utf8');
  const finished = escapeNonAscii(nameLess(source));
  if (finished !== source) await writeFile(file, finished);
}
