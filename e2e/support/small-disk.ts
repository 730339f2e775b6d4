import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempDir, runCommand, runCommandAnyway } from '@meshery/testing';

/** A file system of its own that can be filled and made read-only while files on it are open. Unmount it when done. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all the space that is left; gives the bytes it took. */
  fill(): number;
  /** Gives the space back. */
  empty(): void;
  /** Every write is refused from now on, through open files too. */
  makeReadOnly(): Promise<void>;
  makeWritable(): Promise<void>;
  unmount(): Promise<void>;
}

const FILLER = 'filler';
const BLOCK = Buffer.alloc(64 * 1024);

/**
 * Mounts an ext4 file system of `megabytes` from a file. Needs root and loop devices.
 * A file system with open files cannot be remounted read-only and back; ext4's immutable flag refuses every write,
 * through open files too, and can be lifted again.
 */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  if (process.getuid?.() !== 0) throw new Error('mounting a small disk needs root: run this test as root, as CI does');
  const dir = makeTempDir('disk');
  const image = join(dir.path, 'image');
  const path = join(dir.path, 'mount');
  mkdirSync(path);
  await runCommand('truncate', ['-s', `${String(megabytes)}M`, image]);
  await runCommand('mkfs.ext4', ['-q', '-m', '0', '-O', '^has_journal', image]);
  const mount = (): Promise<string> => runCommand('mount', ['-o', 'loop', image, path]);
  await mount();
  const fill = (): number => fillUp(join(path, FILLER));
  return {
    path,
    fill,
    empty: () => {
      rmSync(join(path, FILLER), { force: true });
    },
    makeReadOnly: async () => {
      // What is still on its way to the disk would hide that a mapped page can no longer be written.
      await runCommand('sync', ['-f', path]);
      await setImmutable(path, true);
    },
    makeWritable: () => setImmutable(path, false),
    unmount: async () => {
      await runCommandAnyway('chattr', ['-R', '-f', '-i', path]);
      await runCommandAnyway('umount', ['-l', path]);
      dir.remove();
    },
  };
}

async function setImmutable(path: string, immutable: boolean): Promise<void> {
  await runCommand('chattr', ['-R', '-f', immutable ? '+i' : '-i', path]);
}

function fillUp(path: string): number {
  let size = 0;
  for (const block of [BLOCK, Buffer.alloc(512)]) {
    try {
      for (;;) {
        writeFileSync(path, block, { flag: 'a' });
        size += block.length;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  return size;
}
