/** What names an object in the published id. */
export interface PublishedIdentity {
  readonly clusterId: string;
  /** Object kind, e.g. "Pod". */
  readonly kind: string;
  readonly apiVersion: string;
  /** Empty for cluster-scoped objects. */
  readonly namespace: string;
  readonly name: string;
}

/**
 * The id that published clients know: standard base64 of "clusterID.kind.apiVersion.namespace.name".
 * An object that is deleted and created again under its name keeps it.
 */
export function publishedId(identity: PublishedIdentity): string {
  const { clusterId, kind, apiVersion, namespace, name } = identity;
  return Buffer.from(`${clusterId}.${kind}.${apiVersion}.${namespace}.${name}`, 'utf8').toString('base64');
}
