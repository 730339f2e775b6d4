/** Work on a store, as far as it says which clusters somebody reports. */
type ClusterWork =
  | { readonly type: 'ingest'; readonly batch: { readonly clusterId: string } }
  | { readonly type: 'open-run'; readonly request: { readonly clusterId: string } }
  | { readonly type: 'remove-cluster'; readonly clusterId: string }
  | { readonly type: 'remove' | 'components' | 'reset' };

/** The clusters that were reported to this process since it started. */
export class ConnectedClusters {
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  hear(work: ClusterWork): void {
    if (work.type === 'ingest') this.ids.add(work.batch.clusterId);
    else if (work.type === 'open-run') this.ids.add(work.request.clusterId);
    else if (work.type === 'remove-cluster') this.ids.delete(work.clusterId);
  }
}
