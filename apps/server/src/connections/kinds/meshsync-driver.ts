import { randomUUID } from 'node:crypto';
import { encodeRequest, parseEnvelope, publishedSubjects } from '@meshery/contracts';
import { probeAnnotation } from '@meshery/contracts/crds';
import type { MeshSyncSpec } from '@meshery/contracts/crds';
import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { meshSyncs } from '../../controllers/controller-objects.ts';
import type { EgressClient } from '../../egress/egress-client.ts';
import { brokenHop } from './broken-hop.ts';
import { dialBroker } from './broker-dial.ts';
import { brokerOfCluster } from './broker-place.ts';
import { PartDriver } from './part-driver.ts';
import type { PartDriverParts } from './part-driver.ts';

/** What agents are reached and checked with. */
export interface MeshSyncDriverParts extends PartDriverParts {
  readonly egress: EgressClient;
  readonly store: InventoryStore;
}

type MeshSync = KubeObject & { readonly spec?: MeshSyncSpec };

const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
const probeName = 'meshery-probe';
const metaMs = 2000;
const storeMs = 5000;
const lookEveryMs = 200;

/** MeshSync, which is also checked from end to end: what changes in its cluster is in this server's store soon after. */
export class MeshSyncDriver extends PartDriver {
  readonly #parts: MeshSyncDriverParts;

  constructor(parts: MeshSyncDriverParts) {
    super('meshsync', parts);
    this.#parts = parts;
  }

  /** The agent answers `meshsync-meta`, and an annotation of a ConfigMap of ours reaches the store within five seconds. */
  async check(ctx: RequestContext, connection: Connection): Promise<void> {
    const { signal } = ctx;
    await this.#parts.clusters.use(ctx, connection, async ({ client, clusterId }) => {
      const [meshSync] = await client.list<MeshSync>(meshSyncs, {}, signal);
      if (meshSync === undefined || clusterId === undefined) throw absent(connection);
      // One that sends to a server has no broker to be asked through.
      if (meshSync.spec?.server === undefined) await this.#askVersion(client, signal);
      await this.#roundTrip(client, { clusterId, namespace: meshSync.metadata.namespace ?? 'default' }, signal);
    });
  }

  async #askVersion(client: KubeClient, signal: AbortSignal): Promise<void> {
    const dial = await dialBroker(this.#parts.egress, await brokerOfCluster(client, signal));
    try {
      await dial.exchange({
        subject: publishedSubjects.request,
        data: encodeRequest('meshsync-meta', null),
        answerOn: publishedSubjects.meta,
        accepts: isVersion,
        timeoutMs: metaMs,
      });
    } catch (thrown) {
      throw silent(thrown);
    } finally {
      await dial.close();
    }
  }

  async #roundTrip(
    client: KubeClient,
    place: { readonly clusterId: string; readonly namespace: string },
    signal: AbortSignal,
  ): Promise<void> {
    const metadata = { name: probeName, namespace: place.namespace, annotations: { [probeAnnotation]: randomUUID() } };
    await client.apply(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata }, 'meshery-server', signal);
    try {
      const { clock } = this.#parts;
      const end = clock.monotonic() + storeMs;
      while (clock.monotonic() < end) {
        if ((await this.#stored(place)) === metadata.annotations[probeAnnotation]) return;
        await clock.sleep(lookEveryMs, signal);
      }
      throw late();
    } finally {
      await client.delete(configMaps, metadata, {}, AbortSignal.timeout(storeMs));
    }
  }

  /** What the store has of the annotation. */
  async #stored(place: { readonly clusterId: string; readonly namespace: string }): Promise<string | undefined> {
    const { clusterId, namespace } = place;
    const filter = { clusterIds: [clusterId], kinds: ['ConfigMap'], namespaces: [namespace], search: probeName };
    const page = { sort: 'name', descending: false, pageSize: 10, page: 0 } as const;
    const { rows } = await this.#parts.store.page({ ...filter, ...page }, true);
    const json = rows.find(({ name }) => name === probeName)?.json;
    return json === undefined ? undefined : (JSON.parse(json) as KubeObject).metadata.annotations?.[probeAnnotation];
  }
}

function isVersion(data: Uint8Array): boolean {
  const parsed = parseEnvelope(data);
  return parsed.ok && typeof parsed.value.Object === 'string';
}

function absent({ name }: Connection): Error {
  return brokenHop({
    step: 'meshsync',
    message: `The cluster of "${name}" has no MeshSync, or was never reached by its own connection.`,
    probableCause: 'The operator was not deployed, or the cluster is discovered by this server itself.',
    remedy: 'Connect the cluster in operator mode.',
  });
}

function silent(cause: unknown): Error {
  return brokenHop({
    step: 'meshsync',
    message: `The broker was reached, but no agent answered there within ${String(metaMs / 1000)} s.`,
    probableCause: 'MeshSync does not run, or is connected to another broker.',
    remedy: 'Look at the conditions of the MeshSync, and at its pods.',
    cause,
  });
}

function late(): Error {
  return brokenHop({
    step: 'store',
    message: `A change in the cluster did not reach this server within ${String(storeMs / 1000)} s.`,
    probableCause: 'No bridge serves the broker, discovery is behind, or ConfigMaps are not discovered.',
    remedy: 'Look at the state of the cluster (GET /api/system/clusters), at the bridge, and at the watch list.',
  });
}
