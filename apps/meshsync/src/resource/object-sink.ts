import type { ObjectEventType, ResourceSink, StreamOutcome, StreamPhase } from '@meshery/kube';

/** Who is told about the one object. */
export interface ObjectEvents<T> {
  /** The object as it is now; undefined when there is none. */
  readonly onObject: (object: T | undefined) => void;
  /** It is followed from now on. */
  readonly onLive: () => void;
  /** An attempt to follow it ended. */
  readonly onEnd: (outcome: StreamOutcome) => void;
}

/** Follows one object: the stream must be of that object alone. */
export class ObjectSink<T extends object> implements ResourceSink {
  readonly #events: ObjectEvents<T>;
  #position: string | undefined;
  #listing = false;
  #listed: T | undefined;

  constructor(events: ObjectEvents<T>) {
    this.#events = events;
  }

  position(): string | undefined {
    return this.#position;
  }

  snapshotBegin(): void {
    this.#position = undefined;
    this.#listing = true;
    this.#listed = undefined;
  }

  snapshotEnd(resourceVersion: string): void {
    this.#listing = false;
    this.#position = resourceVersion;
    this.#events.onObject(this.#listed);
  }

  event(type: ObjectEventType, bytes: Buffer): void {
    const object = JSON.parse(bytes.toString('utf8')) as T & {
      readonly metadata: { readonly resourceVersion: string };
    };
    if (this.#listing) {
      this.#listed = object;
      return;
    }
    this.#position = object.metadata.resourceVersion;
    this.#events.onObject(type === 'DELETED' ? undefined : object);
  }

  bookmark(resourceVersion: string): void {
    this.#position = resourceVersion;
  }

  idle(): undefined {
    return undefined;
  }

  oversized(): void {
    // etcd takes 1.5 MiB, the stream 8: no object of a real server is over its limit.
  }

  garbled(): void {
    // No watch event: what it was about comes with the next one, or with the next list.
  }

  phase(phase: StreamPhase, outcome?: StreamOutcome): void {
    if (phase === 'live') this.#events.onLive();
    if (phase === 'waiting' && outcome !== undefined) this.#events.onEnd(outcome);
  }
}
