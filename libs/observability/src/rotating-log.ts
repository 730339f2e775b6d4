import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOutput } from './log-outputs.ts';

/** Bounds of a log that is kept in files. */
export interface RotatingLogOptions {
  /** Made when absent, for this user only. */
  readonly folder: string;
  /** Name of the files without their end, e.g. "meshery". */
  readonly name: string;
  /** Bytes after which a new file is begun. */
  readonly maxBytes: number;
  /** Files kept, the one that is written included. */
  readonly maxFiles: number;
}

/**
 * Keeps the newest lines of a log in a few files of bounded size: `<name>.log` is written, `<name>.1.log` is the one
 * before. Lines are on their way to the disk when `write` returns; it throws what the disk refuses.
 */
export class RotatingLog implements LogOutput {
  readonly #options: RotatingLogOptions;
  #file: number;
  #bytes: number;

  constructor(options: RotatingLogOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#file = this.#open();
    this.#bytes = fstatSync(this.#file).size;
  }

  write(line: string): void {
    const size = Buffer.byteLength(line);
    if (this.#bytes > 0 && this.#bytes + size > this.#options.maxBytes) this.#rotate();
    appendFileSync(this.#file, line);
    this.#bytes += size;
  }

  /** Nothing is written afterwards. */
  close(): void {
    closeSync(this.#file);
  }

  #rotate(): void {
    const { maxFiles } = this.#options;
    closeSync(this.#file);
    rmSync(this.#path(maxFiles - 1), { force: true });
    for (let index = maxFiles - 2; index >= 0; index -= 1) {
      try {
        renameSync(this.#path(index), this.#path(index + 1));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    this.#file = this.#open();
    this.#bytes = 0;
  }

  #open(): number {
    return openSync(this.#path(0), 'a', 0o600);
  }

  #path(index: number): string {
    const { folder, name } = this.#options;
    return join(folder, index === 0 ? `${name}.log` : `${name}.${String(index)}.log`);
  }
}
