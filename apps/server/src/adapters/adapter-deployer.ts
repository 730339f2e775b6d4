import { MesheryError, toMesheryError } from '@meshery/errors';
import { createKubeTransport } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import type { Impersonation } from '@meshery/kube/streams';
import { KubeClient } from '@meshery/kube/reconcile';
import type { KubeObject } from '@meshery/kube/reconcile';
import type { Connection } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import type { Operations } from '../operations/operations.ts';
import type { OperationHandle } from '../operations/running-operation.ts';
import { requireMembership } from '../provider/local/tenancy.ts';
import type { Providers } from '../provider/providers.ts';
import { badParameter } from '../rest/query-values.ts';
import { organizationFor } from '../rest/first-organization.ts';
import { adapterCatalogue, adapterNamespace, deployedHost, deployedLocation } from './adapter-catalogue.ts';
import type { CataloguedAdapter } from './adapter-catalogue.ts';
import { adapterObjects, managedBy, managedByServer, namespaces } from './adapter-objects.ts';
import type { TypedObject } from './adapter-objects.ts';
import type { Adapters } from './adapters.ts';
import type { ConnectedClusters } from './connected-clusters.ts';
import { impersonationOf } from './impersonation.ts';

const callMs = 10_000;
const fieldManager = 'meshery-server';

/** What an adapter is to become. */
export interface AdapterChange {
  /** Name in the catalogue. */
  readonly adapter: string;
  /** Port of its Service; its own without it. */
  readonly port: number | undefined;
  readonly isWanted: boolean;
}

/** What adapters are deployed with. */
export interface AdapterDeployerParts {
  readonly adapters: Adapters;
  readonly clusters: ConnectedClusters;
  readonly kubernetes: KubernetesDriver;
  readonly operations: Operations;
  readonly providers: Providers;
  readonly store: UserStore;
  readonly clock: Clock;
  /** Repository and tag of the images. */
  readonly images: { readonly repository: string; readonly tag: string };
  /** Of the names that API servers are told of users; undefined: they are told none. */
  readonly impersonationPrefix: string | undefined;
}

interface OnBehalf {
  readonly impersonate: Impersonation | undefined;
}

type Place = OnBehalf & { readonly access: ClusterAccess };
type Places = OnBehalf & { readonly clusters: readonly Connection[] };

/** Deploys adapters into the connected clusters, and removes what it deployed. */
export class AdapterDeployer {
  readonly #parts: AdapterDeployerParts;

  constructor(parts: AdapterDeployerParts) {
    this.#parts = parts;
  }

  /** Begins an operation that does it. Rejects with `meshery-core-1001` for an unknown adapter or without a cluster. */
  async change(ctx: RequestContext, change: AdapterChange): Promise<void> {
    const { clusters: connected, operations, providers, store } = this.#parts;
    const adapter = requireKnown(change.adapter);
    const organizationId = await organizationFor(ctx, providers.of(ctx), undefined);
    await store.read((data) => requireMembership(data, ctx, organizationId, 'write'));
    const clusters = await connected.of(ctx, organizationId);
    const draft = {
      category: 'adapter',
      action: change.isWanted ? 'deploy' : 'undeploy',
      organizationId,
      subject: `The adapter "${adapter.name}"`,
      targets: clusters.map(({ id, name }) => ({ id, name })),
    };
    const placed = { ...adapter, port: change.port ?? adapter.port };
    const image = this.#imageOf(adapter);
    const objects = adapterObjects({ adapter, port: placed.port, image });
    await operations.begin(ctx, draft, async (handle) => {
      const work = change.isWanted ? deploy : undeploy;
      const impersonate = impersonationOf(ctx.user, this.#parts.impersonationPrefix);
      await this.#inEach(handle, { clusters, impersonate }, (client) => work(client, objects, handle.signal));
      const own = lasting(ctx, handle.signal);
      if (change.isWanted) await this.#parts.adapters.expect(own, deployedLocation(placed));
      else await this.#parts.adapters.forget(own, deployedHost(adapter.name));
    });
  }

  /** One cluster that cannot be reached keeps no other one from its turn; rejects when it was done in none. */
  async #inEach(
    handle: OperationHandle,
    { clusters, impersonate }: Places,
    work: (client: KubeClient) => Promise<void>,
  ): Promise<void> {
    let fault: MesheryError | undefined;
    let done = 0;
    for (const [index, cluster] of clusters.entries()) {
      try {
        await this.#in({ access: await this.#parts.kubernetes.accessOf(cluster), impersonate }, work);
        handle.target(cluster.id, 'succeeded');
        done += 1;
      } catch (thrown) {
        handle.signal.throwIfAborted();
        fault = toMesheryError(thrown);
        handle.target(cluster.id, 'failed', `${fault.message} ${fault.remedy ?? ''}`.trim());
      }
      handle.progress((100 * (index + 1)) / clusters.length);
    }
    if (done === 0 && fault !== undefined) throw fault;
  }

  async #in({ access, impersonate }: Place, work: (client: KubeClient) => Promise<void>): Promise<void> {
    const { clock } = this.#parts;
    const limits = { callTimeoutMs: callMs, connectTimeoutMs: callMs, headTimeoutMs: callMs };
    const caller = { userAgent: 'meshery-server', ...(impersonate === undefined ? {} : { impersonate }) };
    const transport = createKubeTransport(access, { clock, ...caller, ...limits });
    try {
      await work(new KubeClient({ transport, clock }));
    } finally {
      await transport.close();
    }
  }

  #imageOf({ name }: CataloguedAdapter): string {
    const { repository, tag } = this.#parts.images;
    return `${repository}/${name}:${tag}`;
  }
}

/** The context of a request that has ended before its work has. */
function lasting({ user, tenant, requestId, logger }: RequestContext, signal: AbortSignal): RequestContext {
  return { user, tenant, requestId, logger, signal };
}

async function deploy(client: KubeClient, objects: readonly TypedObject[], signal: AbortSignal): Promise<void> {
  await ensureNamespace(client, signal);
  for (const wanted of objects) await ownLive(client, wanted, signal);
  for (const { type, object } of objects) await client.apply(type, object, fieldManager, signal);
}

async function undeploy(client: KubeClient, objects: readonly TypedObject[], signal: AbortSignal): Promise<void> {
  const found: { readonly type: TypedObject['type']; readonly live: KubeObject | undefined }[] = [];
  for (const wanted of objects) found.push({ type: wanted.type, live: await ownLive(client, wanted, signal) });
  for (const { type, live } of found) {
    if (live !== undefined) await client.delete(type, live.metadata, { uid: live.metadata.uid }, signal);
  }
}

/** The object as it is; rejects with `meshery-core-1007` when somebody else made it. */
async function ownLive(
  client: KubeClient,
  { type, object }: TypedObject,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  const live = await client.get(type, object.metadata, signal);
  if (live === undefined || live.metadata.labels?.[managedBy] === managedByServer) return live;
  const what = `${type.kind} ${adapterNamespace}/${object.metadata.name}`;
  throw new MesheryError('meshery-core-1007', `The ${what} was not made by this server; it is left alone.`, {
    probableCause: 'The adapter was deployed in another way, for example with a Helm chart.',
    remedy: 'Use it as it is, or remove it in the way that it was deployed, then try again.',
  });
}

async function ensureNamespace(client: KubeClient, signal: AbortSignal): Promise<void> {
  const ref = { name: adapterNamespace };
  if ((await client.get(namespaces, ref, signal)) !== undefined) return;
  await client.apply(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: ref }, fieldManager, signal);
}

function requireKnown(name: string): CataloguedAdapter {
  const found = adapterCatalogue.find((adapter) => adapter.name === name);
  if (found !== undefined) return found;
  throw badParameter('adapter', `must be one of ${adapterCatalogue.map((adapter) => adapter.name).join(', ')}`);
}
