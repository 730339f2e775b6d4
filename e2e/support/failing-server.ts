import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MesheryServer, type ServerLaunchOptions, within } from '@meshery/testing';

/** How a server ended that could not start. */
export interface FailedStart {
  readonly exitCode: number | null;
  /** What a person reads: everything on standard error and standard output that is not a log record. */
  readonly words: string;
  readonly log: string;
}

const END_MS = 60_000;

/** Starts a server that must end by itself; `before` runs when its ports are known. */
export async function failToStart(
  options: ServerLaunchOptions,
  before?: (server: MesheryServer) => Promise<void>,
): Promise<FailedStart> {
  await using server = await MesheryServer.create(options);
  await before?.(server);
  await server.service.spawn();
  const { code } = await within(END_MS, 'the end of a server that cannot start', server.process.exited);
  const log = server.process.log();
  const words = log
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n');
  return { exitCode: code, words, log };
}

/** Every file below a folder with the hash of its bytes. */
export function hashesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hashes = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, createHash('sha256').update(readFileSync(path)).digest('hex')] as const;
  });
  return Object.fromEntries(hashes.sort(([left], [right]) => (left < right ? -1 : 1)));
}
