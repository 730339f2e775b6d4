import { malformedAnswer, notLeading } from '../kube-errors.ts';
import type { Clock } from '@meshery/observability';
import type { KubeResponse, KubeTransport, SendOptions } from '../transport/kube-transport.ts';
import { apiError } from './api-errors.ts';
import { collectionPath, keyOf, objectPath } from './kube-object.ts';
import type { KubeObject, ObjectRef, ResourceType, WantedObject } from './kube-object.ts';

/** What a client needs. */
export interface KubeClientDeps {
  readonly transport: KubeTransport;
  readonly clock: Clock;
  /** Called for each request that may change something, with its verb of RBAC and its kind: for metrics and tests. */
  readonly onWrite?: (verb: string, type: ResourceType) => void;
  /** False while another process may be the one that writes: asked when each request that may change something goes out. */
  readonly mayWrite?: () => boolean;
}

/** How a delete works. */
export interface DeleteOptions {
  /** Only this object, not another one of the same name. */
  readonly uid?: string | undefined;
  /** `Foreground` waits for what it owns; `Background` when absent. */
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
}

/** Which objects a list holds. */
export interface ListOptions {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string;
}

/**
 * Reads and writes single objects of one cluster. "Not there" is a value; every other refusal is a coded error
 * (`meshery-kube-1304`, `1308`, `1310`, `1311`, `1312`, `1313`), as are failures of the way (`1303`, `1307`, `1309`) and
 * a write that is another process's to make (`1315`).
 */
export class KubeClient {
  readonly #deps: KubeClientDeps;

  constructor(deps: KubeClientDeps) {
    this.#deps = deps;
  }

  /** The object; undefined when it, or its kind, is not there. */
  async get<T extends KubeObject>(type: ResourceType, ref: ObjectRef, signal: AbortSignal): Promise<T | undefined> {
    const answer = await this.#deps.transport.get(objectPath(type, ref), { signal });
    if (answer.status === 404) return undefined;
    return this.#read<T>('get', type, ref, answer);
  }

  /** All objects at once: for kinds that have few. */
  async list<T extends KubeObject>(
    type: ResourceType,
    options: ListOptions,
    signal: AbortSignal,
  ): Promise<readonly T[]> {
    const { namespace, labelSelector } = options;
    const query = labelSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(labelSelector)}`;
    const path = `${collectionPath(type, namespace)}${query}`;
    const ref = { namespace, name: '' };
    const answer = await this.#deps.transport.get(path, { signal });
    return this.#read<{ readonly items: readonly T[] }>('list', type, ref, answer).items;
  }

  /** Makes the object; rejects with `meshery-kube-1310` when one of its name exists. */
  async create<T extends KubeObject>(type: ResourceType, object: WantedObject, signal: AbortSignal): Promise<T> {
    const { namespace, name } = object.metadata;
    const path = collectionPath(type, namespace);
    const answer = await this.#send('create', type, path, { method: 'POST', body: JSON.stringify(object), signal });
    return this.#read<T>('create', type, { namespace, name }, answer);
  }

  /** Replaces the object; with a resourceVersion in it, only if nobody wrote meanwhile (else `meshery-kube-1310`). */
  async replace<T extends KubeObject>(type: ResourceType, object: WantedObject, signal: AbortSignal): Promise<T> {
    const { metadata } = object;
    const body = JSON.stringify(object);
    const answer = await this.#send('update', type, objectPath(type, metadata), { method: 'PUT', body, signal });
    return this.#read<T>('update', type, metadata, answer);
  }

  /** Server-side apply: makes what is in `object` true, and owns these fields, taking them from others. */
  async apply<T extends KubeObject>(
    type: ResourceType,
    object: WantedObject,
    fieldManager: string,
    signal: AbortSignal,
  ): Promise<T> {
    const path = `${objectPath(type, object.metadata)}?fieldManager=${encodeURIComponent(fieldManager)}&force=true`;
    const body = JSON.stringify(object);
    const contentType = 'application/apply-patch+yaml';
    const answer = await this.#send('patch', type, path, { method: 'PATCH', body, contentType, signal });
    return this.#read<T>('patch', type, object.metadata, answer);
  }

  /** Merge patch (RFC 7386) of the object, or of its status. */
  async patch<T extends KubeObject>(
    type: ResourceType,
    ref: ObjectRef,
    change: { readonly patch: object; readonly subresource?: 'status' },
    signal: AbortSignal,
  ): Promise<T> {
    const suffix = change.subresource === undefined ? '' : `/${change.subresource}`;
    const body = JSON.stringify(change.patch);
    const path = `${objectPath(type, ref)}${suffix}`;
    const contentType = 'application/merge-patch+json';
    const answer = await this.#send('patch', type, path, { method: 'PATCH', body, contentType, signal });
    return this.#read<T>('patch', type, ref, answer);
  }

  /** Deletes the object; false when it was not there. */
  async delete(type: ResourceType, ref: ObjectRef, options: DeleteOptions, signal: AbortSignal): Promise<boolean> {
    const { uid, propagation = 'Background' } = options;
    const preconditions = uid === undefined ? {} : { preconditions: { uid } };
    const body = JSON.stringify({ propagationPolicy: propagation, ...preconditions });
    const answer = await this.#send('delete', type, objectPath(type, ref), { method: 'DELETE', body, signal });
    if (answer.status === 404) return false;
    this.#check('delete', type, ref, answer);
    return true;
  }

  async #send(verb: string, type: ResourceType, path: string, options: SendOptions): Promise<KubeResponse> {
    const { mayWrite, onWrite, transport } = this.#deps;
    onWrite?.(verb, type);
    const beforeSend = (): void => {
      if (mayWrite?.() === false) throw notLeading(`${verb} ${type.plural}`);
    };
    return transport.send(path, { ...options, beforeSend });
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a path answers is known by its caller
  #read<T>(verb: string, type: ResourceType, ref: ObjectRef, answer: KubeResponse): T {
    this.#check(verb, type, ref, answer);
    try {
      return JSON.parse(answer.body.toString('utf8')) as T;
    } catch (error) {
      throw malformedAnswer(objectPath(type, ref), 'it is not JSON', error);
    }
  }

  #check(verb: string, type: ResourceType, ref: ObjectRef, answer: KubeResponse): void {
    const { transport, clock } = this.#deps;
    if (answer.status === 401) transport.invalidateCredential();
    if (answer.status >= 200 && answer.status < 300) return;
    const resource = type.group === '' ? type.plural : `${type.plural}.${type.group}`;
    throw apiError({ verb, resource, key: keyOf(ref) }, answer, transport.server, clock.now());
  }
}
