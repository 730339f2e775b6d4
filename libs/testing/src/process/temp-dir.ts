import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is removed with all it holds by the one who made it; works with `using`. */
export interface TempDir extends Disposable {
  readonly path: string;
  /** Removes it; the second call does nothing. */
  remove(): void;
}

/** Makes a new empty folder below the system's temporary folder. */
export function makeTempDir(purpose: string): TempDir {
  const path = mkdtempSync(join(tmpdir(), `meshery-${purpose}-`));
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  return { path, remove, [Symbol.dispose]: remove };
}
