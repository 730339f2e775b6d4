/** Work on a store, as far as it says which clusters somebody reports. */
type ClusterWork =
  | { readonly type: 'ingest'; readonly batch: { readonly clusterId: string } }
  | { readonly type: 'open-run'; readonly request: { readonly clusterId: string } }
  | { readonly type: 'remove-cluster'; readonly clusterId: string }
  | { readonly type: 'remove' | 'components' | 'reset' };

/** The clusters that were reported, to this process or to one that it hears, since it started. */
export class ConnectedClusters {
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** The cluster that was not connected before, if it is one now. */
  hear(work: ClusterWork): string | undefined {
    if (work.type === 'ingest') return this.add(work.batch.clusterId);
    if (work.type === 'open-run') return this.add(work.request.clusterId);
    if (work.type === 'remove-cluster') this.ids.delete(work.clusterId);
    return undefined;
  }

  /** They are reported to another process of the same store. */
  hearOf(clusterIds: readonly string[]): void {
    for (const id of clusterIds) this.ids.add(id);
  }

  private add(id: string): string | undefined {
    if (this.ids.has(id)) return undefined;
    this.ids.add(id);
    return id;
  }
}
