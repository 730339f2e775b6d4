import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '@meshery/observability';
import { readConnectionFile } from './connection-file.ts';
import type { ConnectionFile } from './connection-file.ts';

/** What the folder says now. */
export interface FolderState {
  /** By name; a change of the fingerprint means a change of the connection. */
  readonly connections: ReadonlyMap<string, { readonly connection: ConnectionFile; readonly fingerprint: string }>;
  /** By file name: why a file is of no use. */
  readonly conditions: ReadonlyMap<string, string>;
}

/** What a ConnectionFolder needs. */
export interface ConnectionFolderDeps {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onState: (state: FolderState) => void;
  /** Milliseconds between two looks without a sign; 5,000 unless told. */
  readonly pollMs?: number;
}

const suffixes = ['.json', '.yaml', '.yml'];
const mostFiles = 1000;

/** Reads the connection files of a folder and follows their changes; a bad file is a condition, the others count. */
export class ConnectionFolder {
  readonly #deps: ConnectionFolderDeps;
  #wake = Promise.withResolvers<void>();
  #reported = '';

  constructor(deps: ConnectionFolderDeps) {
    this.#deps = deps;
  }

  /** Looks at the folder until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, pollMs = 5000 } = this.#deps;
    this.#watchFolder(signal);
    while (!signal.aborted) {
      this.#deps.onState(await this.read());
      const timer = new AbortController();
      const either = AbortSignal.any([signal, timer.signal]);
      await Promise.race([this.#wake.promise, clock.sleep(pollMs, either).catch(() => undefined)]);
      timer.abort();
      this.#wake = Promise.withResolvers<void>();
    }
  }

  /** Reads the folder once. */
  async read(): Promise<FolderState> {
    const connections = new Map<string, { connection: ConnectionFile; fingerprint: string }>();
    const conditions = new Map<string, string>();
    for (const name of await this.#names(conditions)) {
      const result = await readConnectionFile(join(this.#deps.path, name));
      if (!result.ok) conditions.set(name, result.reason);
      else if (connections.has(result.connection.name))
        conditions.set(name, `another file has the name "${result.connection.name}" already`);
      else connections.set(result.connection.name, result);
    }
    this.#report(conditions);
    return { connections, conditions };
  }

  async #names(conditions: Map<string, string>): Promise<readonly string[]> {
    try {
      const names = (await readdir(this.#deps.path)).filter(
        (name) => !name.startsWith('.') && suffixes.some((suffix) => name.endsWith(suffix)),
      );
      if (names.length > mostFiles) conditions.set('.', `the folder has more than ${mostFiles} files`);
      return names.sort().slice(0, mostFiles);
    } catch (error) {
      conditions.set('.', `the folder cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
      return [];
    }
  }

  #watchFolder(signal: AbortSignal): void {
    try {
      watch(this.#deps.path, { signal }, () => {
        this.#wake.resolve();
      }).on('error', (error) => {
        this.#deps.logger.debug({ err: error }, 'the folder cannot be watched; it is looked at regularly');
      });
    } catch (error) {
      this.#deps.logger.debug({ err: error }, 'the folder cannot be watched; it is looked at regularly');
    }
  }

  #report(conditions: ReadonlyMap<string, string>): void {
    const text = JSON.stringify([...conditions]);
    if (text === this.#reported) return;
    this.#reported = text;
    for (const [file, reason] of conditions) this.#deps.logger.warn({ file, reason }, 'a connection file is of no use');
  }
}
