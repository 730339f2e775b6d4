import type { ObjectChange } from '@meshery/contracts';

/** What is remembered of a published object: enough to tell of its deletion. */
export interface KnownObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** The objects of one kind that were published, and those that its present snapshot has named. */
export class ObjectBook {
  readonly #known = new Map<string, KnownObject>();
  #named: Set<string> | undefined;

  get snapshotOpen(): boolean {
    return this.#named !== undefined;
  }

  begin(): void {
    this.#named = new Set();
  }

  /** Notes an object; answers what was known of it before. */
  upsert(change: ObjectChange): KnownObject | undefined {
    const key = keyOf(change);
    const before = this.#known.get(key);
    const { apiVersion, kind, namespace, name, uid, resourceVersion } = change;
    this.#known.set(key, { apiVersion, kind, namespace, name, uid, resourceVersion });
    this.#named?.add(key);
    return before;
  }

  delete(change: ObjectChange): KnownObject | undefined {
    const key = keyOf(change);
    const before = this.#known.get(key);
    this.#known.delete(key);
    return before;
  }

  /** Ends the snapshot; answers the objects that it did not name: they are gone. */
  end(): readonly KnownObject[] {
    const named = this.#named ?? new Set(this.#known.keys());
    this.#named = undefined;
    const gone = [...this.#known].filter(([key]) => !named.has(key));
    for (const [key] of gone) this.#known.delete(key);
    return gone.map(([, object]) => object);
  }
}

function keyOf(object: { readonly uid: string; readonly namespace: string; readonly name: string }): string {
  return object.uid === '' ? `${object.namespace}/${object.name}` : object.uid;
}
