/** Whom Kubernetes shall see instead of us; our own identity needs the right to impersonate. */
export interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A pod, and on whose behalf it is reached. */
export interface PodTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly impersonate?: Impersonation;
}

/** Path of a subresource of a pod with its query. */
export function podPath({ namespace, pod }: PodTarget, subresource: string, query: URLSearchParams): string {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/${subresource}`;
  return `${path}?${query.toString()}`;
}

/** Headers that ask the API server to decide by the rights of somebody else. */
export function impersonationHeaders(impersonate: Impersonation | undefined): Record<string, string | string[]> {
  if (impersonate === undefined) return {};
  const { user, groups } = impersonate;
  return { 'impersonate-user': user, ...(groups.length === 0 ? {} : { 'impersonate-group': [...groups] }) };
}
