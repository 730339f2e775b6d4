import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TarEntry } from '../../cluster/src/tar.ts';
import { runCommandAnyway } from '../../setup/src/run-command.ts';

/** Loaded by the C library itself when names are looked up, so that no program lists them. */
const loadedLater = ['libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2'];

/** The absolute paths that `ldd` names, the loader among them; lines without a file (the kernel's) are none. */
export function parseLdd(output: string): string[] {
  return output.split('\n').flatMap((line) => {
    const path = /=>\s+(\/\S+)\s+\(/.exec(line)?.[1] ?? /^\s*(\/\S+)\s+\(/.exec(line)?.[1];
    return path === undefined ? [] : [path];
  });
}

/** The shared libraries of these programs, each once, sorted; none for programs that are linked statically. */
export async function sharedLibraries(programs: readonly string[]): Promise<string[]> {
  const outputs = await Promise.all(programs.map((program) => runCommandAnyway('ldd', [program])));
  const listed = outputs.flatMap((output) => parseLdd(output.stdout));
  const later = listed
    .filter((path) => /\/libc\.so\./.test(path))
    .flatMap((path) => loadedLater.map((name) => join(dirname(path), name)))
    .filter((path) => existsSync(path));
  return [...new Set([...listed, ...later])].sort();
}

/** The libraries where the loader looks for them. */
export function libraryEntries(libraries: readonly string[]): TarEntry[] {
  return libraries.map((path) => ({ path: path.slice(1), content: readFileSync(path), mode: 0o755 }));
}
