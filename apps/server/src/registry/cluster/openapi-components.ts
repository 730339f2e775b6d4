/** Reads the components out of the OpenAPI v3 document of one group and version, as API servers publish it. */

/** A kind that the document defines and that can be listed. */
export interface FoundComponent {
  readonly kind: string;
  readonly isNamespaced: boolean;
  /** It belongs to Kubernetes itself, not to a custom resource definition or an aggregated API server. */
  readonly isNative: boolean;
  readonly description: string;
  /** JSON schema that stands alone: what it refers to is in its `$defs`. */
  readonly schema: string;
}

interface Fields {
  readonly [name: string]: unknown;
}

interface Definition {
  readonly text: string;
  /** Names of what it refers to itself. */
  readonly refs: readonly string[];
}

const refPrefix = '#/components/schemas/';
/** Packages of Go that the API servers of Kubernetes define their own kinds in. */
const native = /^io\.k8s\.(?:api|apiextensions-apiserver|kube-aggregator)\./;
/** What Kubernetes says by itself about every object, and what it answers: nobody fills it in. */
const unasked: readonly string[] = ['apiVersion', 'kind', 'status'];

/** Throws a TypeError for what is no such document, and a RangeError when the schemas have more characters than allowed. */
export function componentsOf(document: unknown, apiVersion: string, maxCharacters: number): readonly FoundComponent[] {
  const schemas = fieldsOf(fieldsOf(fieldsOf(document)['components'])['schemas']);
  const listed = listedKinds(fieldsOf(fieldsOf(document)['paths']), apiVersion);
  const definitions = new Definitions(schemas);
  const found = new Map<string, FoundComponent>();
  let characters = 0;
  for (const [name, value] of Object.entries(schemas)) {
    const kind = kindOf(value, apiVersion);
    const isNamespaced = kind === undefined ? undefined : listed.get(kind);
    if (kind === undefined || isNamespaced === undefined || found.has(kind)) continue;
    const schema = definitions.whole(fieldsOf(value));
    characters += schema.length;
    if (characters > maxCharacters) throw new RangeError('the schemas are too large');
    const { description } = fieldsOf(value);
    const about = typeof description === 'string' ? description : '';
    found.set(kind, { kind, isNamespaced, isNative: native.test(name), description: about, schema });
  }
  return [...found.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** The kinds with a list, and whether they live in namespaces. */
function listedKinds(paths: Fields, apiVersion: string): ReadonlyMap<string, boolean> {
  const kinds = new Map<string, boolean>();
  for (const [path, value] of Object.entries(paths)) {
    const get = fieldsOf(fieldsOf(value)['get']);
    if (get['x-kubernetes-action'] !== 'list') continue;
    const kind = matchingKind(get['x-kubernetes-group-version-kind'], apiVersion);
    if (kind === undefined) continue;
    kinds.set(kind, kinds.get(kind) === true || path.includes('/namespaces/{namespace}/'));
  }
  return kinds;
}

function kindOf(schema: unknown, apiVersion: string): string | undefined {
  const named = fieldsOf(schema)['x-kubernetes-group-version-kind'];
  return Array.isArray(named) && named.length === 1 ? matchingKind(named[0], apiVersion) : undefined;
}

function matchingKind(value: unknown, apiVersion: string): string | undefined {
  const { group, version, kind } = fieldsOf(value);
  const named = group === '' ? version : `${String(group)}/${String(version)}`;
  return named === apiVersion && typeof kind === 'string' ? kind : undefined;
}

/** Definitions of a document; each is written once, however many components refer to it. */
class Definitions {
  readonly #schemas: Fields;
  readonly #written = new Map<string, Definition>();

  constructor(schemas: Fields) {
    this.#schemas = schemas;
  }

  whole({ 'x-kubernetes-group-version-kind': _named, ...schema }: Fields): string {
    const asked = Object.entries(fieldsOf(schema['properties'])).filter(([name]) => !unasked.includes(name));
    const { text, refs } = write({ ...schema, properties: Object.fromEntries(asked) });
    const reached = this.#reachedFrom(refs);
    if (reached.length === 0) return text;
    const definitions = reached.map((name) => `${JSON.stringify(name)}:${this.#definition(name).text}`);
    return `${text.slice(0, -1)},"$defs":{${definitions.join(',')}}}`;
  }

  #reachedFrom(refs: readonly string[]): readonly string[] {
    const reached = new Set<string>();
    const waiting = [...refs];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      waiting.push(...this.#definition(name).refs);
    }
    return [...reached].sort();
  }

  #definition(name: string): Definition {
    const known = this.#written.get(name);
    if (known !== undefined) return known;
    const made = write(fieldsOf(this.#schemas[name]));
    this.#written.set(name, made);
    return made;
  }
}

function write(schema: Fields): Definition {
  const refs = new Set<string>();
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string' || !value.startsWith(refPrefix)) return value;
    const name = value.slice(refPrefix.length);
    refs.add(name);
    return `#/$defs/${name}`;
  });
  return { text, refs: [...refs] };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
