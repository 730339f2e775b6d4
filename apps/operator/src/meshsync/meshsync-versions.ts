import type { MeshSyncSpec } from '@meshery/contracts/crds';

/** What a MeshSync runs. */
export interface AgentImage {
  readonly image: string;
  readonly version: string;
}

/** Versions of published agents that users have in their MeshSyncs: ours does what all of them do. */
const published = /^(1\.\d+\.\d+|0\.[5-9]\d*\.\d+)$/;

/** Names that published installers write instead of a version. */
const channels: ReadonlySet<string> = new Set(['', 'latest', 'stable-latest', 'edge-latest']);

/** The image of an agent; undefined when its version is unknown. A repository of the user's own has the user's tags. */
export function agentImage(spec: MeshSyncSpec, image: string): AgentImage | undefined {
  const wanted = (spec.version ?? '').replace(/^v(?=\d)/, '');
  const own = /:([^/:]+)$/.exec(image)?.[1] ?? 'latest';
  const repository = spec.image?.repository;
  if (repository !== undefined) {
    const version = channels.has(wanted) ? (wanted === '' ? own : wanted) : wanted;
    return { image: `${repository}:${version}`, version };
  }
  return channels.has(wanted) || wanted === own || published.test(wanted) ? { image, version: own } : undefined;
}
