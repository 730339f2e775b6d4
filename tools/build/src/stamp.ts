import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What one input looked like when it was built. */
interface InputState {
  readonly mtimeMs: number;
  readonly size: number;
  readonly hash: string;
}

/** What a build was made of; kept beside its output. */
interface Stamp {
  readonly inputs: Readonly<Record<string, InputState>>;
}

/** Files that decide every build: the tool itself, the compiler's settings, the versions of all packages. */
export const sharedInputs: readonly string[] = [
  'package-lock.json',
  '.swcrc',
  'tsconfig.base.json',
  'tools/build/src/bundle.ts',
  'tools/build/src/compile-plugin.ts',
  'tools/build/src/lean-plugin.ts',
  'tools/build/src/next-export.ts',
];

/**
 * True when every input is as it was: same size and time, or, where the time differs (a fresh checkout), same content.
 * `extra` names files that must be among the inputs: a new file of a folder that is built as a whole.
 */
export function isCurrent(root: string, stampPath: string, extra: readonly string[] = []): boolean {
  if (!existsSync(stampPath)) return false;
  const stamp = JSON.parse(readFileSync(stampPath, 'utf8')) as Stamp;
  if (extra.some((file) => stamp.inputs[file] === undefined)) return false;
  return Object.entries(stamp.inputs).every(([file, state]) => isSame(join(root, file), state));
}

/** Writes down what was built. */
export function writeStamp(stampPath: string, stamp: Stamp): void {
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, `${JSON.stringify(stamp)}\n`);
}

/**
 * The state of some files (paths relative to root) for a build that began at `begunMs` (milliseconds since the epoch).
 * A file that changed since then may have been read before its change: it is written down as never current.
 */
export function stampOf(root: string, files: Iterable<string>, begunMs: number): Stamp {
  const inputs: Record<string, InputState> = {};
  for (const file of [...new Set(files)].sort()) {
    const path = join(root, file);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    const changed = stat.mtimeMs >= begunMs;
    inputs[file] = changed
      ? { mtimeMs: 0, size: -1, hash: '' }
      : { mtimeMs: stat.mtimeMs, size: stat.size, hash: hashOf(path) };
  }
  return { inputs };
}

function isSame(path: string, state: InputState): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.size !== state.size) return false;
  return stat.mtimeMs === state.mtimeMs || hashOf(path) === state.hash;
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64url');
}
