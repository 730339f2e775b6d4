import { join } from 'node:path';
import { codeOf, followFolder, listFolder } from '../sources/follow-folder.ts';
import type { FolderDeps } from '../sources/follow-folder.ts';
import type { LinkSource, LinkSpec, SourceCondition, SourceState } from '../sources/link-source.ts';
import { readConnectionFile } from './connection-file.ts';
import { linkOfFile } from './link-of-file.ts';

const suffixes = ['.json', '.yaml', '.yml'];

/** One link for each connection file of a folder; a bad file is a condition, the others count. */
export class ConnectionFolder implements LinkSource {
  readonly #deps: FolderDeps;

  constructor(deps: FolderDeps) {
    this.#deps = deps;
  }

  async run(onState: (state: SourceState) => Promise<void>, signal: AbortSignal): Promise<void> {
    await followFolder(this.#deps, async () => onState(await this.#read()), signal);
  }

  async #read(): Promise<SourceState> {
    const { path } = this.#deps;
    const links = new Map<string, LinkSpec>();
    const conditions = new Map<string, SourceCondition>();
    const { names, failure } = await listFolder(path, (name) => suffixes.some((suffix) => name.endsWith(suffix)));
    for (const name of names) {
      const link = await readLink(join(path, name));
      if (typeof link === 'string') conditions.set(name, unusable(link));
      else if (links.has(link.name)) conditions.set(name, unusable(`another file has the name "${link.name}" already`));
      else links.set(link.name, link);
    }
    return { links, conditions, ...(failure === undefined ? {} : { failure }) };
  }
}

/** The link of a file, or why it is of no use. */
async function readLink(path: string): Promise<LinkSpec | string> {
  const result = await readConnectionFile(path);
  if (!result.ok) return result.reason;
  try {
    return await linkOfFile(result.connection);
  } catch (error) {
    return `a file that it names cannot be read (${codeOf(error)})`;
  }
}

function unusable(reason: string): SourceCondition {
  return { code: 'meshery-config-1100', reason };
}
