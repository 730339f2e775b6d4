import { keyOf } from '@meshery/kube/reconcile';
import type {
  Applier,
  KubeClient,
  KubeObject,
  ObjectRef,
  ObjectWatch,
  ResourceType,
  WantedObject,
} from '@meshery/kube/reconcile';

/** Label that marks every object that the operator made; its watches see only those. */
export const managedBy = { 'app.kubernetes.io/managed-by': 'meshery-operator' } as const;

/** The selector of `managedBy`. */
export const managedSelector = 'app.kubernetes.io/managed-by=meshery-operator';

/** An object as it is wanted, without its metadata. */
export type ObjectBody = Pick<KubeObject, 'apiVersion' | 'kind'> & Readonly<Record<string, unknown>>;

/** What OwnedObjects needs. */
export interface OwnedObjectsDeps {
  readonly applier: Applier;
  readonly client: KubeClient;
  /** One for each kind that is applied often. */
  readonly watches: ReadonlyMap<ResourceType, ObjectWatch<KubeObject>>;
}

/** Reads, writes and deletes the objects that belong to our custom resources. */
export class OwnedObjects {
  readonly #deps: OwnedObjectsDeps;

  constructor(deps: OwnedObjectsDeps) {
    this.#deps = deps;
  }

  /** The object as last seen, if the operator made it. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a kind holds is known by its caller
  get<T extends KubeObject>(type: ResourceType, ref: ObjectRef): T | undefined {
    return this.#deps.watches.get(type)?.get(keyOf(ref)) as T | undefined;
  }

  /** Makes the object as it is wanted, if it is not; answers how it is now. */
  async apply<T extends KubeObject>(type: ResourceType, wanted: WantedObject, signal: AbortSignal): Promise<T> {
    const { applier, client, watches } = this.#deps;
    const watch = watches.get(type);
    const live =
      watch === undefined ? await client.get<T>(type, wanted.metadata, signal) : this.get<T>(type, wanted.metadata);
    const { object, written } = await applier.apply<T>(type, wanted, live, signal);
    if (written) watch?.adopt(object);
    return object;
  }

  /** Deletes the object if the operator made it. */
  async remove(type: ResourceType, ref: ObjectRef, signal: AbortSignal): Promise<void> {
    const live = this.get(type, ref);
    if (live === undefined) return;
    await this.#deps.client.delete(type, ref, { uid: live.metadata.uid }, signal);
  }
}
