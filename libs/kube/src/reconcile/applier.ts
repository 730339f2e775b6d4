import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ResourceType, WantedObject } from '../client/kube-object.ts';

/** Annotation with the hash of what was applied: what was taken away from it since then is noticed, too. */
export const appliedAnnotation = 'meshery.io/applied';

/** What an applier needs. */
export interface ApplierOptions {
  readonly client: KubeClient;
  readonly fieldManager: string;
}

/** Writes objects that are not as they are wanted, and only those. */
export class Applier {
  readonly #options: ApplierOptions;
  /** What was applied to a live object and changed nothing: what others have added to its lists stays theirs. */
  readonly #vain = new WeakMap<KubeObject, string>();

  constructor(options: ApplierOptions) {
    this.#options = options;
  }

  /**
   * Makes `wanted` true where `live` (the object as last seen) is not so already. Answers the object as it is now, and
   * whether it was written. Amounts must be in their canonical form ("1" and not "1000m"), else they never look equal.
   */
  async apply<T extends KubeObject>(
    type: ResourceType,
    wanted: WantedObject,
    live: T | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly object: T; readonly written: boolean }> {
    const hash = hashOf(wanted);
    if (live !== undefined && (this.#vain.get(live) === hash || isApplied(live, wanted))) {
      return { object: live, written: false };
    }
    const { client, fieldManager } = this.#options;
    const object = await client.apply<T>(type, withHash(wanted, hash), fieldManager, signal);
    const changed = live?.metadata.resourceVersion !== object.metadata.resourceVersion;
    if (live !== undefined && !changed) this.#vain.set(live, hash);
    return { object, written: true };
  }
}

/** True when an applier wrote `wanted` last, and everything in it is still in `live`. */
export function isApplied(live: KubeObject, wanted: WantedObject): boolean {
  return live.metadata.annotations?.[appliedAnnotation] === hashOf(wanted) && holds(wanted, live);
}

/** Maps that are replaced as a whole when they are applied: an entry of somebody else changes what they mean. */
const atomicMaps: ReadonlySet<string> = new Set(['selector', 'matchLabels', 'nodeSelector']);

/** True when everything in `wanted` is in `live`; what `live` has beyond it (defaults, fields of others) is no matter. */
export function holds(wanted: unknown, live: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) && wanted.length === live.length && wanted.every((item, index) => holds(item, live[index]))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return isDeepStrictEqual(wanted, live);
  const found = (typeof live === 'object' && live !== null ? live : {}) as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).every(([key, value]) => {
    // The API leaves out what is empty.
    if (found[key] === undefined) return value === undefined || isEmpty(value);
    if (atomicMaps.has(key)) return isDeepStrictEqual(value, found[key]);
    return holds(value, found[key]);
  });
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function hashOf(wanted: WantedObject): string {
  return createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 32);
}

function withHash(wanted: WantedObject, hash: string): WantedObject {
  const annotations = { ...wanted.metadata.annotations, [appliedAnnotation]: hash };
  return { ...wanted, metadata: { ...wanted.metadata, annotations } };
}
