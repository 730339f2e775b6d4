import { meshGroup } from '@meshery/contracts/crds';
import type { BrokerStatus, MeshSyncStatus } from '@meshery/contracts/crds';
import { createKubeTransport } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import type { KubeObject, ResourceType } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import type { BrokerFacts, ControllerFacts, MeshSyncFacts, PartFacts } from './controller-facts.ts';

/** apps/v1 Deployment, as far as its state is judged. */
interface Deployment extends KubeObject {
  readonly spec?: {
    readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
  };
  readonly status?: { readonly readyReplicas?: number };
}

type Broker = KubeObject & { readonly status?: BrokerStatus };
type MeshSync = KubeObject & { readonly status?: MeshSyncStatus };

/** The objects of a cluster that tell about its controllers. */
interface ControllerObjects {
  readonly deployments: readonly Deployment[];
  readonly meshSyncs: readonly MeshSync[];
  readonly brokers: readonly Broker[];
}

/** What the objects say about the parts. */
export type Parts = Pick<ControllerFacts, 'operator' | 'meshSync' | 'broker'>;

const operatorName = 'meshery-operator';
/** Both our operator and published ones serve this version. */
const servedVersion = 'v1alpha1';
const callMs = 5000;

const deployments: ResourceType = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};
const own = { group: meshGroup, version: servedVersion, namespaced: true };
/** Brokers, in the version that both our operator and published ones serve. */
export const brokers: ResourceType = { ...own, plural: 'brokers', kind: 'Broker' };
/** MeshSyncs, likewise. */
export const meshSyncs: ResourceType = { ...own, plural: 'meshsyncs', kind: 'MeshSync' };

/** Asks the API server of a cluster. Rejects with `meshery-kube-13xx`. */
export async function partsFromCluster(access: ClusterAccess, clock: Clock, signal: AbortSignal): Promise<Parts> {
  const transport = createKubeTransport(access, { clock, callTimeoutMs: callMs, connectTimeoutMs: callMs });
  try {
    return await partsFromClient(new KubeClient({ transport, clock }), signal);
  } finally {
    await transport.close();
  }
}

/** The same over a client that somebody has. */
export async function partsFromClient(client: KubeClient, signal: AbortSignal): Promise<Parts> {
  const listed = async <T extends KubeObject>(type: ResourceType): Promise<readonly T[]> =>
    client.list<T>(type, {}, signal).catch((error: unknown) => noneWithoutKind(error));
  const [found, agents, servers] = await Promise.all([
    client.list<Deployment>(deployments, { labelSelector: `app.kubernetes.io/name=${operatorName}` }, signal),
    listed<MeshSync>(meshSyncs),
    listed<Broker>(brokers),
  ]);
  return partsOf({ deployments: found, meshSyncs: agents, brokers: servers });
}

/** Looks at what was discovered of a cluster: for those whose API server this server cannot ask. */
export async function partsFromInventory(store: InventoryStore, clusterId: string): Promise<Parts> {
  const base = { clusterIds: [clusterId], sort: 'name', descending: false, pageSize: 50, page: 0 } as const;
  const own = await store.page({ ...base, kinds: ['Broker', 'MeshSync'] }, true);
  const found = await store.page({ ...base, kinds: ['Deployment'], search: operatorName }, true);
  const objects = [...own.rows, ...found.rows]
    .map(({ json = '{}' }) => JSON.parse(json) as KubeObject)
    .filter(({ apiVersion, kind }) => kind === 'Deployment' || apiVersion.startsWith(`${meshGroup}/`));
  return partsOf({
    deployments: objects.filter(({ kind }) => kind === 'Deployment'),
    meshSyncs: objects.filter(({ kind }) => kind === 'MeshSync'),
    brokers: objects.filter(({ kind }) => kind === 'Broker'),
  });
}

/** A kind that the cluster does not know has no objects. */
function noneWithoutKind(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'meshery-kube-1313') return [];
  throw error;
}

function partsOf({ deployments: found, meshSyncs: agents, brokers: servers }: ControllerObjects): Parts {
  const operator = found.find(({ metadata }) => metadata.name === operatorName);
  return {
    ...(operator === undefined ? {} : { operator: operatorFacts(operator) }),
    ...(agents[0] === undefined ? {} : { meshSync: meshSyncFacts(agents[0]) }),
    ...(servers[0] === undefined ? {} : { broker: brokerFacts(servers[0]) }),
  };
}

function operatorFacts({ metadata, spec, status }: Deployment): PartFacts {
  const image = spec?.template?.spec?.containers?.[0]?.image ?? '';
  return {
    version: /:([^/:@]+)(@|$)/.exec(image)?.[1] ?? '',
    isReady: (status?.readyReplicas ?? 0) > 0,
    isLeaving: metadata.deletionTimestamp !== undefined,
    message: '',
  };
}

function meshSyncFacts(object: MeshSync): MeshSyncFacts {
  return { ...customFacts(object), publishingTo: object.status?.['publishing-to'] ?? '' };
}

function brokerFacts(object: Broker): BrokerFacts {
  const { internal = '', external = '' } = object.status?.endpoint ?? {};
  return { ...customFacts(object), internal, external };
}

/** A published operator writes no Ready condition: an endpoint or a publishing agent is all it says. */
function customFacts({ metadata, status }: Broker | MeshSync): PartFacts {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const isKnownToWork = status !== undefined && ('endpoint' in status || 'publishing-to' in status);
  return {
    version: status?.version ?? '',
    isReady: ready === undefined ? isKnownToWork : ready.status === 'True',
    isLeaving: metadata.deletionTimestamp !== undefined,
    message: ready?.status === 'True' ? '' : (ready?.message ?? ''),
  };
}
