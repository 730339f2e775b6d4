import type { KubeTransport } from '../transport/kube-transport.ts';
import { readAggregated } from './aggregated-discovery.ts';
import type { ApiCatalog, ApiResource, DiscoveryCache, GroupDocument } from './api-resources.ts';
import { readClassic } from './classic-discovery.ts';

/** Reads the API server's discovery documents; remembers ETags, so that an unchanged answer costs no body. */
export interface ApiDiscovery {
  /** Rejects with `meshery-kube-1303`, `1304`, `1307`, `1308` or `1309`. */
  read(signal: AbortSignal): Promise<ApiCatalog>;
}

/** Makes a reader: the aggregated document where the server has it, else the documents per group. */
export function createApiDiscovery(transport: KubeTransport): ApiDiscovery {
  const cache: DiscoveryCache = new Map();
  return {
    async read(signal) {
      const core = await readAggregated(transport, '/api', cache, signal);
      const named = core === undefined ? undefined : await readAggregated(transport, '/apis', cache, signal);
      if (core !== undefined && named !== undefined) return catalogOf([...core, ...named]);
      return catalogOf(await readClassic(transport, signal));
    },
  };
}

/** Picks, for each (group, plural), the first version in order of preference that can be listed and watched. */
export function catalogOf(groups: readonly GroupDocument[]): ApiCatalog {
  const resources = new Map<string, ApiResource>();
  const staleGroups = new Set<string>();
  for (const group of groups) {
    if (group.stale) staleGroups.add(group.group);
    for (const resource of group.versions.flatMap((version) => version.resources)) {
      const key = `${resource.plural}.${resource.group}`;
      if (isWatchable(resource) && !resources.has(key)) resources.set(key, resource);
    }
  }
  return { resources: [...resources.values()], staleGroups };
}

function isWatchable(resource: ApiResource): boolean {
  return resource.verbs.includes('list') && resource.verbs.includes('watch') && !resource.plural.includes('/');
}
