/** A Kubernetes resource as it is named on the wire. */
export interface ResourceKey {
  /** Lower-case plural as in the discovery document, e.g. "pods". */
  readonly plural: string;
  readonly version: string;
  /** Empty for the core group. */
  readonly group: string;
}

/** Writes "<plural>.<version>.<group>"; the core group leaves a trailing dot ("pods.v1."). */
export function formatResourceKey(key: ResourceKey): string {
  return `${key.plural}.${key.version}.${key.group}`;
}

/** Reads a resource key; undefined when it has fewer than two dots or an empty plural or version. */
export function parseResourceKey(text: string): ResourceKey | undefined {
  const match = /^([a-z0-9-]+)\.([a-z0-9]+)\.([a-z0-9.-]*)$/.exec(text);
  if (match === null) return undefined;
  const [, plural = '', version = '', group = ''] = match;
  return { plural, version, group };
}
