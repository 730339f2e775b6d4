import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CONFIG } from '../tokens.ts';

/** One file of the log. */
export interface LogFile {
  /** What it is asked for by. */
  readonly id: string;
  readonly size: number;
  /** RFC 3339. */
  readonly updatedAt: string;
}

/** A file of the log that is open: as many bytes as it had when it was opened. The reader closes the handle. */
export interface OpenLogFile {
  readonly handle: FileHandle;
  readonly size: number;
}

/** An id is one name without any separator; what does not look like one is never looked up. */
const idForm = /^\w[\w.-]{0,127}$/;

/** Where the log is kept in files. */
export function logFolder(dataDir: string): string {
  return join(dataDir, 'logs');
}

/**
 * The files of the log by id. What a client sends is compared with the names that the folder really holds; it never
 * becomes a part of a path. Links are no files of the log.
 */
@Injectable()
export class LogFiles {
  readonly #folder: string;

  constructor(@Inject(CONFIG) config: ServerConfig) {
    this.#folder = logFolder(config.dataDir);
  }

  async list(): Promise<readonly LogFile[]> {
    const files: LogFile[] = [];
    for (const id of await this.#ids()) {
      const { size, mtime } = await lstat(join(this.#folder, id));
      files.push({ id, size, updatedAt: mtime.toISOString() });
    }
    return files;
  }

  /** Rejects with `meshery-core-1001` for anything but an id, with `meshery-core-1002` when there is none such. */
  async open(asked: string): Promise<OpenLogFile> {
    if (!idForm.test(asked)) throw noId();
    const id = (await this.#ids()).find((known) => known === asked);
    if (id === undefined) throw noFile();
    // What became a link since the folder was read is not followed.
    const handle = await open(join(this.#folder, id), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
    if (handle === undefined) throw noFile();
    const stats = await handle.stat();
    if (stats.isFile() && stats.nlink === 1) return { handle, size: stats.size };
    await handle.close();
    throw noFile();
  }

  async #ids(): Promise<readonly string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile() && idForm.test(entry.name)).map(({ name }) => name);
  }
}

function noId(): MesheryError {
  return new MesheryError('meshery-core-1001', 'The query parameter "file" must be the id of a log file.', {
    probableCause: 'A path was given; no paths are taken.',
    remedy: 'Take an id from GET /api/system/logs.',
  });
}

function noFile(): MesheryError {
  return new MesheryError('meshery-core-1002', 'There is no such log file.', {
    probableCause: 'It was dropped for newer ones, or the log is not kept in files.',
    remedy: 'Look at GET /api/system/logs; start the server with --log-files to keep the log in files.',
  });
}
