import type { MeshSyncSpec } from '@meshery/contracts/crds';
import type { DiscoverySettings } from '@meshery/discovery';
import type { AgentConfig } from '../config.ts';

/** What a MeshSync can change while its agent runs. */
export interface LiveSettings {
  readonly discovery: DiscoverySettings;
  readonly logLevel: string;
}

/** The settings of the resource, and those of the configuration where it says nothing. */
export function liveSettings(config: AgentConfig, spec: MeshSyncSpec): LiveSettings {
  const { watchList, namespaces, redaction, logLevel } = spec;
  const secretKeys = redaction?.secretKeys;
  return {
    discovery: {
      watchList: watchList ?? publishedList(spec) ?? config.watchList,
      outputNamespaces: namespaces ?? config.outputNamespaces,
      secretKeyNames: secretKeys === undefined ? config.redactSecrets : !secretKeys,
    },
    logLevel: logLevel ?? (config.debug ? 'debug' : config.logLevel),
  };
}

/** Clients in Go write an empty mapping where nobody wrote a list. */
function publishedList(spec: MeshSyncSpec): MeshSyncSpec['watch-list'] {
  const list = spec['watch-list'];
  return list?.data === undefined ? undefined : list;
}
