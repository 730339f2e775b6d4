import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MesheryError, toMesheryError } from '@meshery/errors';
import { parseKubeconfig, resolveAccess } from '@meshery/kube';
import type { Kubeconfig, ProxySettings } from '@meshery/kube';
import type { Clock } from '@meshery/observability';
import { codeOf, followFolder, listFolder } from '../sources/follow-folder.ts';
import type { FolderDeps } from '../sources/follow-folder.ts';
import type { SourceCondition } from '../sources/link-source.ts';
import type { ClusterEntries, ClusterEntry, ClusterList } from './cluster-entry.ts';

/** What a KubeconfigFolder needs. */
export interface KubeconfigFolderDeps extends FolderDeps {
  readonly proxy?: ProxySettings;
}

/** Every context of every kubeconfig of a folder; a file of no use is a condition, the others count. */
export class KubeconfigFolder implements ClusterList {
  readonly #deps: KubeconfigFolderDeps;

  constructor(deps: KubeconfigFolderDeps) {
    this.#deps = deps;
  }

  async follow(onEntries: (entries: ClusterEntries) => Promise<void>, signal: AbortSignal): Promise<void> {
    await followFolder(this.#deps, async () => onEntries(await this.#read()), signal);
  }

  async #read(): Promise<ClusterEntries> {
    const { path } = this.#deps;
    const entries = new Map<string, ClusterEntry>();
    const conditions = new Map<string, SourceCondition>();
    const { names, failure } = await listFolder(path, () => true);
    for (const file of names) {
      try {
        for (const entry of this.#entriesOf(file, await readKubeconfig(path, file))) addOnce(entries, entry);
      } catch (error) {
        const { code, message } = toMesheryError(error);
        conditions.set(file, { code, reason: message });
      }
    }
    return { entries: [...entries.values()], conditions, ...(failure === undefined ? {} : { failure }) };
  }

  #entriesOf(file: string, config: Kubeconfig): readonly ClusterEntry[] {
    const { clock, proxy } = this.#deps;
    return [...config.contexts.values()].map((context) => ({
      name: clusterName(file, context.name),
      fingerprint: fingerprint([context, config.clusters.get(context.cluster), config.users.get(context.user ?? '')]),
      inCluster: false,
      access: () => accessOf(config, context.name, clock, proxy),
    }));
  }
}

/** No exec plugins: the image has no programs that they could be. */
function accessOf(config: Kubeconfig, context: string, clock: Clock, proxy: ProxySettings | undefined) {
  return resolveAccess(config, { trust: 'user-file', clock, context, ...(proxy === undefined ? {} : { proxy }) });
}

async function readKubeconfig(folder: string, file: string): Promise<Kubeconfig> {
  try {
    const text = await readFile(join(folder, file), { encoding: 'utf8', signal: AbortSignal.timeout(5000) });
    return parseKubeconfig(text, folder);
  } catch (error) {
    if (error instanceof MesheryError) throw error;
    throw new MesheryError('meshery-kube-1300', `The kubeconfig cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

/** "<file>.<context>" of letters, digits, "-" and "."; the dot keeps it apart from "in-cluster". */
function clusterName(file: string, context: string): string {
  const clean = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '');
  return `${clean(file.replace(/\.(ya?ml|json|conf|kubeconfig)$/i, ''))}.${clean(context)}`.slice(0, 128);
}

function addOnce(entries: Map<string, ClusterEntry>, entry: ClusterEntry): void {
  const { name } = entry;
  if (!entries.has(name)) entries.set(name, entry);
  else
    throw new MesheryError('meshery-kube-1301', `Another context is named "${name}" already.`, {
      remedy: 'Rename the file or the context.',
    });
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
