import { ChangeType, Source } from '@meshery/contracts';
import type { Batch, ObjectChange } from '@meshery/contracts';
import type { InventoryStore } from '@meshery/store';

/** One object of a feed. */
export interface FedObject {
  readonly name: string;
  readonly namespace?: string;
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** JSON text of the spec, written as it is. */
  readonly spec?: string;
  readonly status?: string;
  readonly creationTimestamp?: string;
}

/** The ULID that feeds run under. */
export const feedIncarnation = '01J0000000000000000000FEED';

/** Puts objects into a store the way an agent does: run, snapshot, changes. */
export class Feed {
  readonly #store: InventoryStore;
  readonly #clusterId: string;
  #sequence = 0;
  #resourceVersion = 100;

  constructor(store: InventoryStore, clusterId: string) {
    this.#store = store;
    this.#clusterId = clusterId;
  }

  /** Opens the run and takes an empty snapshot. */
  async open(kind = 'pods.v1.'): Promise<void> {
    await this.#store.openRun({
      clusterId: this.#clusterId,
      incarnation: feedIncarnation,
      clusterName: 'fed',
      apiServerUrl: 'https://fed.example',
      agentVersion: 'test',
      source: Source.SOURCE_AGENT,
      streamCreatedAtUnixMs: 0,
    });
    await this.#store.ingest(this.batch({ $case: 'snapshotBegin', value: {} }, kind));
    await this.#store.ingest(
      this.batch({ $case: 'snapshotEnd', value: { resourceVersion: '1', objectCount: 0 } }, kind),
    );
  }

  /** Commits upserts. */
  async upsert(...objects: readonly FedObject[]): Promise<void> {
    await this.#changes(objects.map((object) => this.change(object)));
  }

  /** Commits deletes. */
  async remove(...objects: readonly FedObject[]): Promise<void> {
    await this.#changes(objects.map((object) => changeOf(object, ChangeType.CHANGE_TYPE_DELETE)));
  }

  /** The next batch of this feed. */
  batch(body: NonNullable<Batch['body']>, kind = 'pods.v1.'): Batch {
    this.#sequence += 1;
    const { clusterId, incarnation } = { clusterId: this.#clusterId, incarnation: feedIncarnation };
    return { clusterId, incarnation, kind, epoch: 1, sequence: this.#sequence, producedAtUnixMs: 0, body };
  }

  /** An upsert as it is sent. */
  change(object: FedObject): ObjectChange {
    this.#resourceVersion += 1;
    return changeOf({ resourceVersion: String(this.#resourceVersion), ...object }, ChangeType.CHANGE_TYPE_UPSERT);
  }

  async #changes(objects: ObjectChange[]): Promise<void> {
    const outcome = await this.#store.ingest(this.batch({ $case: 'changes', value: { objects, resourceVersion: '' } }));
    if (outcome.verdict !== 1) throw new Error(`the batch was answered ${String(outcome.verdict)}: ${outcome.reason}`);
  }
}

/** The uid that an object of a feed has unless told. */
export function uidOf(object: FedObject): string {
  return object.uid ?? `uid-${object.namespace ?? 'default'}-${object.name}`;
}

function changeOf(object: FedObject, type: ChangeType): ObjectChange {
  const { name, namespace = 'default', kind = 'Pod', apiVersion = 'v1', resourceVersion = '7' } = object;
  const creationTimestamp = object.creationTimestamp ?? '2026-01-02T03:04:05Z';
  const uid = uidOf(object);
  const labels = object.labels ?? {};
  const metadata = {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    labels,
    annotations: object.annotations ?? {},
  };
  const parts = [
    `"apiVersion":${JSON.stringify(apiVersion)}`,
    `"kind":${JSON.stringify(kind)}`,
    `"metadata":${JSON.stringify(metadata)}`,
    ...(object.spec === undefined ? [] : [`"spec":${object.spec}`]),
    ...(object.status === undefined ? [] : [`"status":${object.status}`]),
  ];
  const json = type === ChangeType.CHANGE_TYPE_UPSERT ? `{${parts.join(',')}}` : '';
  return {
    type,
    uid,
    apiVersion,
    kind,
    namespace,
    name,
    resourceVersion,
    creationTimestamp,
    labels: { ...labels },
    json,
  };
}
