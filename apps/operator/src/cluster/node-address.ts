import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';

const nodes: ResourceType = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };

interface Node extends KubeObject {
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: {
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** Addresses that clients outside of the cluster may reach, the best first. */
const addressTypes = ['ExternalIP', 'ExternalDNS', 'InternalIP'];

/**
 * An address of a node: every node answers on the port of a NodePort Service. Ready nodes come first; among equals
 * their names decide, so that it does not change without need. Undefined when there is no node.
 */
export async function nodeAddress(client: KubeClient, signal: AbortSignal): Promise<string | undefined> {
  const all = await client.list<Node>(nodes, {}, signal);
  const ranked = all
    .map((node) => ({ name: node.metadata.name, rank: isReady(node) ? 0 : 1, address: addressOf(node) }))
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
  return ranked.find(({ address }) => address !== undefined)?.address;
}

function isReady({ spec, status }: Node): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  return ready && spec?.unschedulable !== true;
}

function addressOf({ status }: Node): string | undefined {
  const known = addressTypes.map((wanted) => status?.addresses?.find(({ type }) => type === wanted)?.address);
  return known.find((address) => address !== undefined);
}
