import type { ClusterList, ResourcePage, ResourceSummary } from '@meshery/contracts';
import { getJson, getText } from './http.ts';
import { listQuery, type InventoryFilter, type InventorySort } from './inventory-query.ts';

const base = '/api/system/meshsync/resources';

/** Rows asked for at a time. */
export const pageSize = 1_000;

export interface PageRequest {
  readonly filter: InventoryFilter;
  readonly sort: InventorySort;
  readonly clusterIds: readonly string[];
  /** Position returned as `next` by the page before. */
  readonly after?: string;
}

/** One keyset page of rows. */
export function fetchPage(request: PageRequest, signal: AbortSignal): Promise<ResourcePage> {
  const query = listQuery(request.filter, request.sort, request.clusterIds);
  query.set('pagesize', String(pageSize));
  if (request.after !== undefined) query.set('after', request.after);
  return getJson<ResourcePage>(`${base}?${query.toString()}`, signal);
}

/** How many rows a selection has, without the rows. */
export async function fetchCount(request: PageRequest, signal: AbortSignal): Promise<number> {
  const query = listQuery(request.filter, request.sort, request.clusterIds);
  query.set('pagesize', '1');
  const page = await getJson<ResourcePage>(`${base}?${query.toString()}`, signal);
  return page.totalCount;
}

/** Counts per kind, namespaces and labels of the clusters. */
export function fetchSummary(clusterIds: readonly string[], signal: AbortSignal): Promise<ResourceSummary> {
  const query = new URLSearchParams();
  for (const id of clusterIds) query.append('clusterId', id);
  return getJson<ResourceSummary>(`${base}/summary?${query.toString()}`, signal);
}

/** Every cluster with its state and the state of its kinds. */
export function fetchClusters(signal: AbortSignal): Promise<ClusterList> {
  return getJson<ClusterList>('/api/system/clusters', signal);
}

/** The whole object as the JSON text that was discovered; numbers keep their digits because it stays text. */
export function fetchObjectText(id: string, signal: AbortSignal): Promise<string> {
  return getText(`${base}/${encodeURIComponent(id)}?format=kubernetes`, signal);
}

/** What the change stream shall carry. */
export interface StreamRequest {
  readonly clusterIds: readonly string[];
  /** Labels cost the server a look-up per change: only for filters that need them. */
  readonly labels: boolean;
}

/** Address of the change stream; `since` continues after a known change. */
export function changeStreamUrl(request: StreamRequest, since: number | undefined): string {
  const query = new URLSearchParams({ clusterIds: JSON.stringify(request.clusterIds) });
  if (request.labels) query.set('labels', 'true');
  if (since !== undefined) query.set('since', String(since));
  return `${base}/subscribe?${query.toString()}`;
}
