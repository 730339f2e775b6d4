import { answerOf } from '@meshery/client';
import type { ClusterList, ResourcePage, ResourceSummary } from '@meshery/contracts';
import { client } from './client.ts';
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
  const { after } = request;
  return readPage(request, { pagesize: pageSize, ...(after === undefined ? {} : { after }) }, signal);
}

/** How many rows a selection has, without the rows. */
export async function fetchCount(request: PageRequest, signal: AbortSignal): Promise<number> {
  const { totalCount } = await readPage(request, { pagesize: 1 }, signal);
  return totalCount;
}

/** Counts per kind, namespaces and labels of the clusters. */
export function fetchSummary(clusterIds: readonly string[], signal: AbortSignal): Promise<ResourceSummary> {
  return answerOf(client.GET(`${base}/summary`, { params: { query: { clusterId: [...clusterIds] } }, signal }));
}

/** Every cluster with its state and the state of its kinds. */
export function fetchClusters(signal: AbortSignal): Promise<ClusterList> {
  return answerOf(client.GET('/api/system/clusters', { signal }));
}

/** The whole object as the JSON text that was discovered; numbers keep their digits because it stays text. */
export function fetchObjectText(id: string, signal: AbortSignal): Promise<string> {
  const params = { path: { id }, query: { format: 'kubernetes' } } as const;
  return answerOf(client.GET(`${base}/{id}`, { params, parseAs: 'text', signal }));
}

async function readPage(
  { filter, sort, clusterIds }: PageRequest,
  position: { readonly pagesize: number; readonly after?: string },
  signal: AbortSignal,
): Promise<ResourcePage> {
  const query = { ...listQuery(filter, sort, clusterIds), ...position };
  const answer = await answerOf(client.GET(base, { params: { query }, signal }));
  // What is always null is not in the types of the client.
  if ('resources' in answer) return { ...answer, design: null };
  throw new TypeError('the answer is no page');
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
