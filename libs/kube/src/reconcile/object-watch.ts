import type { Logger } from '@meshery/observability';
import { collectionPath, keyOf } from '../client/kube-object.ts';
import type { KubeObject, ResourceType } from '../client/kube-object.ts';
import type { StreamOutcome } from '../watch/api-status.ts';
import type { ObjectEventType, ResourceSink, StreamPhase } from '../watch/resource-sink.ts';
import { isOlderVersion } from '../watch/resource-version.ts';
import { ResourceStream } from '../watch/resource-stream.ts';
import type { ResourceStreamOptions } from '../watch/resource-stream.ts';

/** What the watches of one cluster share. */
export type WatchBase = Pick<ResourceStreamOptions, 'transport' | 'gate' | 'clock' | 'random' | 'config' | 'snapshots'>;

/** Which objects are followed, and who is told. */
export interface ObjectWatchOptions<T extends KubeObject> {
  readonly type: ResourceType;
  /** All namespaces when absent. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly logger: Logger;
  /** What is kept of an object, to save memory; managedFields are dropped before. */
  readonly keep?: (object: T) => T;
  /** Called after each change; `object` is undefined when it is gone. `before` is what was kept of it. */
  readonly onChange?: (key: string, object: T | undefined, before: T | undefined) => void;
}

/** Whether a watch is of use, in words. */
export interface WatchState {
  readonly synced: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** Follows the objects of one kind and keeps them by key: the cache that reconcilers read. */
export class ObjectWatch<T extends KubeObject> implements ResourceSink {
  readonly #options: ObjectWatchOptions<T>;
  readonly #stream: ResourceStream;
  readonly #objects = new Map<string, T>();
  readonly #synced = Promise.withResolvers<undefined>();
  #position: string | undefined;
  #snapshot: Set<string> | undefined;
  #state: WatchState = { synced: false, reason: 'not yet listed' };

  constructor(base: WatchBase, options: ObjectWatchOptions<T>) {
    this.#options = options;
    this.#stream = new ResourceStream({
      ...base,
      path: collectionPath(options.type, options.namespace),
      metadataOnly: false,
      sink: this,
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
    });
  }

  /** Follows until the signal aborts. */
  run(signal: AbortSignal): Promise<void> {
    return this.#stream.run(signal);
  }

  /** Resolves after the first complete list. */
  get synced(): Promise<undefined> {
    return this.#synced.promise;
  }

  get state(): WatchState {
    return this.#state;
  }

  /** The object as last seen, without managedFields. */
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  list(): readonly T[] {
    return [...this.#objects.values()];
  }

  /**
   * Takes what a write answered, as if its event had arrived: nobody decides any more on what it replaced. An answer
   * that is slower than the watch is left: what followed, perhaps the end of the object, is known already.
   */
  adopt(object: T): void {
    const key = keyOf(object.metadata);
    const { resourceVersion = '' } = object.metadata;
    const passed = resourceVersion === this.#position || isOlderVersion(resourceVersion, this.#position);
    if (!passed && !this.#isOld(key, object)) this.#put(key, this.#lean(object));
  }

  position(): string | undefined {
    return this.#position;
  }

  snapshotBegin(): void {
    this.#snapshot = new Set();
  }

  event(type: ObjectEventType, bytes: Buffer): void {
    const object = this.#parse(bytes);
    if (object === undefined) return;
    const key = keyOf(object.metadata);
    this.#snapshot?.add(key);
    if (type === 'DELETED') this.#put(key, undefined);
    else if (!this.#isOld(key, object)) this.#put(key, object);
    if (this.#snapshot === undefined) this.#position = object.metadata.resourceVersion ?? this.#position;
  }

  snapshotEnd(resourceVersion: string): void {
    const seen = this.#snapshot ?? new Set();
    this.#snapshot = undefined;
    this.#position = resourceVersion;
    for (const key of [...this.#objects.keys()]) {
      if (!seen.has(key)) this.#put(key, undefined);
    }
    this.#synced.resolve(undefined);
  }

  bookmark(resourceVersion: string): void {
    this.#position = resourceVersion;
  }

  idle(): void {
    // Every event was handed on when it came.
  }

  oversized(bytes: number): void {
    this.#warn({ bytes }, 'an object is too large and was skipped');
  }

  garbled(line: Buffer): void {
    this.#warn({ bytes: line.length }, 'a line of the watch is no event and was skipped');
  }

  phase(phase: StreamPhase, outcome?: StreamOutcome): void {
    if (phase === 'live') this.#state = { synced: true };
    if (phase !== 'waiting' || outcome === undefined) return;
    if (outcome.end === 'ended' || outcome.end === 'quiet') return;
    if (outcome.end === 'unsupported') this.#forget();
    const { reason, message } = outcome;
    if (this.#state.reason !== message) this.#warn({ reason }, message);
    this.#state = { synced: false, reason: message };
  }

  /** The kind is not served any more, and its objects went with it. */
  #forget(): void {
    this.#position = undefined;
    for (const key of [...this.#objects.keys()]) this.#put(key, undefined);
  }

  #put(key: string, object: T | undefined): void {
    const before = this.#objects.get(key);
    if (object === undefined) this.#objects.delete(key);
    else this.#objects.set(key, object);
    if (object !== undefined || before !== undefined) this.#options.onChange?.(key, object, before);
  }

  /** Seen already: the event of a write of ours, or one from before it. */
  #isOld(key: string, object: T): boolean {
    const known = this.#objects.get(key)?.metadata;
    const { uid, resourceVersion = '' } = object.metadata;
    if (known?.resourceVersion === undefined || known.uid !== uid) return false;
    return known.resourceVersion === resourceVersion || isOlderVersion(resourceVersion, known.resourceVersion);
  }

  #lean(object: T): T {
    const { managedFields: _dropped, ...metadata } = object.metadata as T['metadata'] & { managedFields?: unknown };
    const lean = { ...object, metadata };
    return this.#options.keep?.(lean) ?? lean;
  }

  #parse(bytes: Buffer): T | undefined {
    try {
      return this.#lean(JSON.parse(bytes.toString('utf8')) as T);
    } catch (error) {
      this.#warn({ err: error }, 'an object cannot be read and was skipped');
      return undefined;
    }
  }

  #warn(fields: object, message: string): void {
    this.#options.logger.warn({ ...fields, resource: this.#options.type.plural }, message);
  }
}
