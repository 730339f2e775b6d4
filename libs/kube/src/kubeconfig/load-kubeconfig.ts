import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { kubeconfigUnreadable, unknownContext } from '../kube-errors.ts';
import type { ContextEntry, Kubeconfig } from './kubeconfig-model.ts';
import { mergeKubeconfigs, parseKubeconfig } from './parse-kubeconfig.ts';

/** Where the user's kubeconfig is looked for; values come from the app's configuration, never from the environment here. */
export interface KubeconfigLocation {
  /** One file named explicitly (`--kubeconfig`); wins over everything. */
  readonly file?: string;
  /** Value of KUBECONFIG: a list of files separated like PATH. */
  readonly kubeconfigVariable?: string;
  /** Home folder of the user, for `.kube/config`. */
  readonly home?: string;
}

/** The files that make up the user's kubeconfig, in the order of their precedence. */
export function kubeconfigFiles(location: KubeconfigLocation): readonly string[] {
  if (location.file !== undefined && location.file !== '') return [location.file];
  const listed = (location.kubeconfigVariable ?? '').split(delimiter).filter((path) => path !== '');
  if (listed.length > 0) return listed;
  return location.home === undefined ? [] : [join(location.home, '.kube', 'config')];
}

/**
 * Reads and merges the user's kubeconfig. A file missing from a list of several is skipped, as kubectl does; when none
 * is left, or the only one is missing, rejects with `meshery-kube-1300`; malformed ones with `meshery-kube-1301`.
 */
export async function loadKubeconfig(location: KubeconfigLocation): Promise<Kubeconfig> {
  const files = kubeconfigFiles(location);
  const configs: Kubeconfig[] = [];
  let missing: unknown;
  for (const path of files) {
    try {
      const text = await readFile(path, 'utf8');
      configs.push(parseKubeconfig(text, dirname(path)));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined || code.startsWith('meshery-')) throw error;
      if (code !== 'ENOENT' || files.length === 1) throw kubeconfigUnreadable(path, error);
      missing = error;
    }
  }
  if (configs.length === 0) throw kubeconfigUnreadable(files.join(delimiter), missing);
  return mergeKubeconfigs(configs);
}

/** The named context, or the current one. Throws `meshery-kube-1302`, which names the known ones. */
export function selectContext(config: Kubeconfig, wanted?: string): ContextEntry {
  const name = wanted ?? config.currentContext;
  const context = name === undefined ? undefined : config.contexts.get(name);
  if (context === undefined) throw unknownContext(name, [...config.contexts.keys()]);
  return context;
}
