import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of a given size, to be filled for real. */
export interface SmallDisk {
  readonly folder: string;
  resize(megabytes: number): Promise<void>;
  destroy(): Promise<void>;
}

/** Mounts a tmpfs; needs root (the test is red with these words without it). */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  if (process.getuid?.() !== 0) throw new Error('mounting a small disk needs root: run the medium tests as root');
  const folder = await mkdtemp(join(tmpdir(), 'meshery-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return {
    folder,
    resize: async (size) => {
      await run('mount', ['-o', `remount,size=${size}m`, folder]);
    },
    destroy: async () => {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
