import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runCommandAnyway } from '../launch/tools.ts';
import { makeTempDir } from '../process/temp-dir.ts';

/** A file system of its own in memory. Unmount it when done. */
export interface MemoryDisk {
  readonly path: string;
  /** Gives it another size. */
  resize(megabytes: number): Promise<void>;
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives the space back. */
  empty(): void;
  /** Only while no file on it is open for writing. */
  makeReadOnly(): Promise<void>;
  makeWritable(): Promise<void>;
  unmount(): Promise<void>;
}

/** Mounts a tmpfs of `megabytes`; the file system itself refuses writes, also those of root. Needs root. */
export async function mountMemoryDisk(megabytes: number): Promise<MemoryDisk> {
  if (process.getuid?.() !== 0) throw new Error('mounting a disk needs root: run this test as root, as CI does');
  const dir = makeTempDir('memory-disk');
  const path = join(dir.path, 'mount');
  mkdirSync(path);
  await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'meshery-test', path]);
  const filler = join(path, 'filler');
  const remount = async (option: string): Promise<void> => {
    await runCommand('mount', ['-o', `remount,${option}`, path]);
  };
  return {
    path,
    resize: (size) => remount(`size=${String(size)}m`),
    fill: () => {
      fillUp(filler);
    },
    empty: () => {
      rmSync(filler, { force: true });
    },
    makeReadOnly: () => remount('ro'),
    makeWritable: () => remount('rw'),
    unmount: async () => {
      await runCommandAnyway('umount', ['-l', path]);
      dir.remove();
    },
  };
}

function fillUp(path: string): void {
  const block = Buffer.alloc(4096);
  try {
    for (;;) writeFileSync(path, block, { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
