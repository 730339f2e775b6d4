/** The parts that the published id is made of. */
export interface IdentityParts {
  readonly clusterId: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly name: string;
}

/** A way to read the tail of a published id; which one is right only the stored objects can say. */
export interface IdentityCandidate {
  readonly namespace: string;
  readonly name: string;
}

/** A decoded published id: its text and every way to split its tail into namespace and name. */
export interface DecodedId {
  readonly text: string;
  /** Namespaces hold no dots, names and API versions may: all splits, in the order of the text. */
  readonly candidates: readonly IdentityCandidate[];
}

/** Ids longer than this are refused without a look-up. */
const maximumIdLength = 4096;

/** Decodes a published id (both base64 alphabets); undefined when it cannot be one. */
export function decodePublishedId(id: string): DecodedId | undefined {
  if (id.length > maximumIdLength || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(id)) return undefined;
  const text = Buffer.from(id, 'base64').toString('utf8');
  const parts = text.split('.');
  if (parts.length < 5) return undefined;
  const candidates: IdentityCandidate[] = [];
  for (let index = 3; index < parts.length - 1; index += 1) {
    candidates.push({ namespace: parts[index] ?? '', name: parts.slice(index + 1).join('.') });
  }
  return { text, candidates };
}

/** True when the stored object is the one that a decoded id names. */
export function matchesPublishedId(parts: IdentityParts, decoded: DecodedId): boolean {
  const { clusterId, kind, apiVersion, namespace, name } = parts;
  return `${clusterId}.${kind}.${apiVersion}.${namespace}.${name}` === decoded.text;
}
