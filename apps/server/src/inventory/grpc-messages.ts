import { publishedId } from '@meshery/contracts';
import type {
  InventoryObject,
  InventoryServiceListRequest,
  InventoryServiceWatchRequest,
  ObjectSelector,
} from '@meshery/contracts';
import type { ObjectFilter, ObjectHead, ObjectQuery } from '@meshery/store';
import { badField, bounded, pageSizeOf } from '../grpc/fields.ts';
import type { Subscription } from './live/event-group.ts';

/** The page that a call asks for. Throws `meshery-core-1001`. */
export function queryOf(request: InventoryServiceListRequest): ObjectQuery {
  const { pageSize, pageToken } = request;
  if (pageToken !== '' && !/^[\w+/=.:~-]{1,1024}$/.test(pageToken)) {
    throw badField('page_token', 'must be the next_page_token of an earlier page');
  }
  const position = pageToken === '' ? { page: 0 } : { after: pageToken };
  const size = { pageSize: pageSizeOf(pageSize) };
  return { ...filterOf(request.selector), sort: 'name', descending: false, ...size, ...position };
}

/** The changes that a call asks for. Throws `meshery-core-1001`. */
export function selectionOf(request: InventoryServiceWatchRequest): Subscription {
  if (request.since < 0) throw badField('since', 'must be a change sequence');
  const parts = { spec: request.withJson, status: request.withJson, annotations: false, labels: false };
  return { filter: filterOf(request.selector), parts };
}

/** One object as a message. */
export function messageOf(head: ObjectHead, json: string | undefined): InventoryObject {
  return {
    id: publishedId(head),
    clusterId: head.clusterId,
    apiVersion: head.apiVersion,
    kind: head.kind,
    namespace: head.namespace,
    name: head.name,
    uid: head.uid,
    resourceVersion: head.resourceVersion,
    creationTimestamp: head.creationTimestamp,
    json: json ?? '',
    staleSince: head.staleSince ?? '',
  };
}

function filterOf(selector: ObjectSelector | undefined): ObjectFilter {
  if (selector === undefined) return { clusterIds: 'all' };
  const clusters = bounded('cluster_ids', selector.clusterIds);
  const labels = Object.entries(selector.labels).map(([key, value]) => ({ key, value }));
  const texts = labels.flatMap(({ key, value }) => [key, value]);
  bounded('labels', texts);
  bounded('search', [selector.search]);
  return {
    clusterIds: clusters.length === 0 ? 'all' : clusters,
    ...anyOf('kinds', bounded('kinds', selector.kinds)),
    ...anyOf('namespaces', bounded('namespaces', selector.namespaces)),
    ...anyOf('apiVersions', bounded('api_versions', selector.apiVersions)),
    ...(labels.length === 0 ? {} : { labels }),
    ...(selector.search === '' ? {} : { search: selector.search }),
  };
}

function anyOf(field: 'kinds' | 'namespaces' | 'apiVersions', values: readonly string[]): Partial<ObjectFilter> {
  return values.length === 0 ? {} : { [field]: values };
}
