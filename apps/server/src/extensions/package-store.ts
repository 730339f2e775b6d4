import { hash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { ArchivedFile } from './untar.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const versionFile = 'installed.json';

/** A file of an installed package. */
export interface PackageFile {
  readonly content: Buffer;
  readonly type: string;
}

/** Packages of providers, unpacked in the data folder; at any moment one is there as a whole or not at all. */
export class PackageStore {
  readonly #root: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'extensions');
  }

  /** Takes the place of the package that was there. */
  install(provider: string, version: string, files: readonly ArchivedFile[]): Promise<void> {
    return this.#inTurn(async () => {
      const fresh = join(this.#root, `new-${randomUUID()}`);
      try {
        for (const { name, content } of files) {
          const path = join(fresh, 'files', name);
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          await writeFile(path, content, { flag: 'wx', mode: 0o600 });
        }
        await mkdir(fresh, { recursive: true, mode: 0o700 });
        await writeFile(join(fresh, versionFile), JSON.stringify({ version }), { mode: 0o600 });
        await rm(this.#folderOf(provider), { recursive: true, force: true });
        await rename(fresh, this.#folderOf(provider));
      } finally {
        await rm(fresh, { recursive: true, force: true });
      }
    });
  }

  remove(provider: string): Promise<void> {
    return this.#inTurn(() => rm(this.#folderOf(provider), { recursive: true, force: true }));
  }

  /** The version that is installed; undefined without one. */
  async version(provider: string): Promise<string | undefined> {
    const text = await readIfThere(join(this.#folderOf(provider), versionFile));
    return text === undefined ? undefined : (JSON.parse(text.toString('utf8')) as { version: string }).version;
  }

  /** A file of the package; undefined when there is none of this name. Links cannot be in a package. */
  async read(provider: string, name: string): Promise<PackageFile | undefined> {
    const type = types[extname(name)];
    if (type === undefined || !/^(?:[\w@+=-][\w.@+=-]*\/)*[\w@+=-][\w.@+=-]*$/.test(name)) return undefined;
    const content = await readIfThere(join(this.#folderOf(provider), 'files', name));
    return content === undefined ? undefined : { content, type };
  }

  /** A key may have characters that no folder has. */
  #folderOf(provider: string): string {
    return join(this.#root, hash('sha256', provider).slice(0, 32));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
