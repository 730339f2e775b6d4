import type { ObjectEventType, ResourceSink, StreamPhase } from '@meshery/kube';
import type { ChangeTracker } from './change-tracker.ts';

/** The part of a definition's metadata that matters. */
interface DefinitionMetadata {
  readonly metadata: {
    readonly name: string;
    readonly generation?: number;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** Set on APIServices that only mirror a CRD or a built-in group. */
const automanaged = 'kube-aggregator.kubernetes.io/automanaged';

/**
 * Follows the metadata of CustomResourceDefinitions or APIServices and notes which ones came, went or changed their
 * spec. Status updates do not raise `metadata.generation` and are ignored: injectors rewrite them all day.
 */
export class DefinitionSink implements ResourceSink {
  readonly #tracker: ChangeTracker;
  readonly #source: 'crd' | 'api-service';
  /** Version by name: the generation of a CRD, the resourceVersion of an APIService (its availability is status). */
  #known = new Map<string, string>();
  #listed: Map<string, string> | undefined;
  #position: string | undefined;
  #live = false;

  constructor(source: 'crd' | 'api-service', tracker: ChangeTracker) {
    this.#source = source;
    this.#tracker = tracker;
  }

  /** True while the definitions are followed. */
  get live(): boolean {
    return this.#live;
  }

  position(): string | undefined {
    return this.#position;
  }

  snapshotBegin(): void {
    this.#position = undefined;
    this.#listed = new Map();
  }

  snapshotEnd(resourceVersion: string): void {
    const listed = this.#listed ?? new Map<string, string>();
    // The first list too: a definition may have come after the discovery documents were read and before this list.
    this.#compare(listed);
    this.#known = listed;
    this.#listed = undefined;
    this.#position = resourceVersion;
  }

  event(type: ObjectEventType, object: Buffer): void {
    const { metadata } = JSON.parse(object.toString('utf8')) as DefinitionMetadata;
    const { name, resourceVersion } = metadata;
    if (this.#listed === undefined) this.#position = resourceVersion;
    if (this.#source === 'api-service' && metadata.labels?.[automanaged] !== undefined) return;
    const version = this.#source === 'crd' ? String(metadata.generation) : resourceVersion;
    if (this.#listed !== undefined) this.#listed.set(name, version);
    else if (type === 'DELETED') this.#forget(name);
    else this.#learn(name, version);
  }

  bookmark(resourceVersion: string): void {
    this.#position = resourceVersion;
  }

  idle(): undefined {
    return undefined;
  }

  oversized(): void {
    // Only metadata is asked for; an entry of 8 MiB would be a fault of the server that discovery can do without.
  }

  garbled(): void {
    // As above: the next look at the discovery documents shows what this line said.
  }

  phase(phase: StreamPhase): void {
    this.#live = phase === 'live';
  }

  #learn(name: string, version: string): void {
    const before = this.#known.get(name);
    if (before === version) return;
    this.#known.set(name, version);
    this.#tracker.note(name, before === undefined && this.#source === 'crd' ? 'served' : 'changed');
  }

  #forget(name: string): void {
    this.#known.delete(name);
    this.#tracker.note(name, this.#source === 'crd' ? 'gone' : 'changed');
  }

  #compare(listed: ReadonlyMap<string, string>): void {
    for (const name of this.#known.keys()) if (!listed.has(name)) this.#tracker.note(name, 'gone');
    for (const [name, version] of listed) {
      if (this.#known.get(name) !== version) this.#tracker.note(name, this.#known.has(name) ? 'changed' : 'served');
    }
  }
}
