import type { KubeObject } from '@meshery/testing';
import { type Managed, type ManagedCluster, managedSelector } from './managed-cluster.ts';

interface Owned extends KubeObject {
  readonly metadata: KubeObject['metadata'] & {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly uid: string }[];
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
}

const collections: Readonly<Record<string, string>> = {
  Secret: '/api/v1/secrets',
  Service: '/api/v1/services',
  ServiceAccount: '/api/v1/serviceaccounts',
  StatefulSet: '/apis/apps/v1/statefulsets',
  Deployment: '/apis/apps/v1/deployments',
  PodDisruptionBudget: '/apis/policy/v1/poddisruptionbudgets',
  NetworkPolicy: '/apis/networking.k8s.io/v1/networkpolicies',
  Role: '/apis/rbac.authorization.k8s.io/v1/roles',
  RoleBinding: '/apis/rbac.authorization.k8s.io/v1/rolebindings',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
};

/** An owned object with its kind and where it is. */
export interface Found {
  /** "Kind namespace/name", with the uid of its owner behind it where one is in the same namespace. */
  readonly line: string;
  readonly kind: string;
  readonly path: string;
  readonly object: Owned;
}

/** Everything that operators made, by their label. */
export async function ownedObjects({ admin }: ManagedCluster): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const [kind, collection] of Object.entries(collections)) {
    const path = `${collection}?labelSelector=${encodeURIComponent(managedSelector)}`;
    const { items } = await admin.json<{ readonly items: readonly Owned[] }>({ path });
    found.push(
      ...items.map((object) => ({ kind, object, line: lineOf(kind, object), path: pathOf(collection, object) })),
    );
  }
  return found;
}

function lineOf(kind: string, { metadata }: Owned): string {
  const { namespace, name, ownerReferences = [], annotations = {} } = metadata;
  if (namespace === undefined) return `${kind} ${name} for ${annotations['meshery.io/meshsync'] ?? 'nobody'}`;
  return `${kind} ${namespace}/${name} of ${ownerReferences.map(({ uid }) => uid).join()}`;
}

function pathOf(collection: string, { metadata: { namespace, name } }: Owned): string {
  const at = collection.lastIndexOf('/');
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${collection.slice(0, at)}${scope}${collection.slice(at)}/${name}`;
}

/** What must be there for the objects of ours that are there, and nothing else. */
export async function expectedObjects(cluster: ManagedCluster): Promise<readonly string[]> {
  const brokers = await cluster.all('brokers');
  const meshSyncs = await cluster.all('meshsyncs');
  return [...brokers.flatMap(ofBroker), ...meshSyncs.flatMap(ofMeshSync)].toSorted();
}

/** A plain Broker: no exporter, no leaf nodes, with TLS, not open to the outside. */
function ofBroker({ metadata: { namespace = '', name, uid }, spec }: Managed): readonly string[] {
  const base = `${name}-nats`;
  // Several servers show each other certificates.
  const several = (spec?.['size'] ?? 1) === 1 ? [] : ['routes'];
  const suffixes = ['auth', 'bridge', 'config', 'authority', 'ca', 'tls', ...several];
  const secrets = suffixes.map((suffix) => `Secret ${base}-${suffix}`);
  const others = ['Service', 'StatefulSet', 'PodDisruptionBudget', 'NetworkPolicy'].map((kind) => `${kind} ${base}`);
  return [...secrets, `Service ${base}-headless`, ...others].map((line) => inNamespace(line, namespace, uid));
}

function ofMeshSync({ metadata: { namespace = '', name, uid } }: Managed): readonly string[] {
  const named = ['ServiceAccount', 'Role', 'RoleBinding', 'Deployment'].map((kind) => `${kind} ${name}`);
  const owned = [`Secret ${name}-broker`, ...named].map((line) => inNamespace(line, namespace, uid));
  return [...owned, `ClusterRoleBinding meshery-meshsync:${namespace}:${name} for ${namespace}/${name}`];
}

function inNamespace(line: string, namespace: string, uid: string): string {
  const [kind = '', name = ''] = line.split(' ');
  return `${kind} ${namespace}/${name} of ${uid}`;
}
