import type { ObjectChange } from '@meshery/contracts';

/** Why an object is not passed on; undefined when it is. */
export type ObjectFilter = (object: ObjectChange) => string | undefined;

/** Keeps objects of the wanted namespaces; no namespace named keeps all. */
export function byNamespace(namespaces: readonly string[]): ObjectFilter {
  const wanted = new Set(namespaces);
  if (wanted.size === 0) return () => undefined;
  return (object) => (wanted.has(object.namespace) ? undefined : `namespace ${object.namespace} is not wanted`);
}
