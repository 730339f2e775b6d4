import { formatResourceKey } from '@meshery/contracts';
import type { ApiResource } from '@meshery/kube';

/** Resource key of a kind ("pods.v1."). */
export function keyOf(resource: ApiResource): string {
  return formatResourceKey(resource);
}

/** URL path of the collection over all namespaces. */
export function collectionPath(resource: ApiResource): string {
  const { group, version, plural } = resource;
  return group === '' ? `/api/${version}/${plural}` : `/apis/${group}/${version}/${plural}`;
}

/** apiVersion as objects carry it. */
export function apiVersionOf(resource: ApiResource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** Secrets of the core group never leave the API server with their values. */
export function isSecret(resource: ApiResource): boolean {
  return resource.group === '' && resource.plural === 'secrets';
}
