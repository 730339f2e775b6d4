import {
  ClusterView,
  type ControlPlane,
  type InventoryClient,
  type ListableResource,
  type ObjectState,
  describeDiff,
  diffStates,
  isEqual,
} from '@meshery/testing';

/** What kubectl says about a cluster that does not change. */
export interface ClusterFacts {
  /** Uid of namespace kube-system. */
  readonly id: string;
  readonly resources: readonly ListableResource[];
  readonly states: readonly ObjectState[];
}

/** Reads every listable kind through kubectl, which also warms the caches of the API server. */
export async function readClusterFacts(plane: ControlPlane): Promise<ClusterFacts> {
  await using view = await ClusterView.open(plane.kubeconfigPath);
  const resources = await view.resources();
  return { id: await view.clusterId(), resources, states: await view.states(resources) };
}

/** What differs between the rows that REST answers and the cluster; nothing when all is well. */
export async function wrongRows(client: InventoryClient, facts: ClusterFacts): Promise<string[]> {
  const diff = diffStates(facts.states, await client.states(facts.id));
  return isEqual(diff) ? [] : [describeDiff(diff, 3)];
}
