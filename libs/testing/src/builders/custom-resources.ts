import type { KubeManifest, ObjectPlace } from './objects.ts';
import type { SeededRandom } from './random.ts';

/** Names of a custom resource that a test defines. */
export interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Names that follow from one word: "widget" gives widgets.widget.example.com, kind Widget. */
export function customKind(word: string, group = 'example.com', namespaced = true): CustomKind {
  const kind = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return { group, version: 'v1', plural: `${word}s`, kind, namespaced };
}

/** The CustomResourceDefinition of a kind whose spec may hold anything. */
export function crdObject(custom: CustomKind): KubeManifest {
  const schema = {
    type: 'object',
    properties: {
      spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
  const version = { name: custom.version, served: true, storage: true, schema: { openAPIV3Schema: schema } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${custom.plural}.${custom.group}` },
    spec: {
      group: custom.group,
      scope: custom.namespaced ? 'Namespaced' : 'Cluster',
      names: { plural: custom.plural, singular: custom.kind.toLowerCase(), kind: custom.kind },
      versions: [version],
    },
  };
}

/** A custom resource with a nested spec of about `bytes`. */
export function customObject(custom: CustomKind, place: ObjectPlace, random: SeededRandom, bytes = 500): KubeManifest {
  const rules = Array.from({ length: Math.max(1, Math.floor(bytes / 120)) }, (_, index) => ({
    match: { path: `/v1/${random.text(12)}`, methods: ['GET', 'POST'] },
    weight: index,
    target: random.text(24),
  }));
  const { namespace, ...clusterScoped } = place;
  return {
    apiVersion: `${custom.group}/${custom.version}`,
    kind: custom.kind,
    metadata: custom.namespaced ? { ...clusterScoped, namespace } : clusterScoped,
    spec: { enabled: true, rules },
  };
}

/** The collection of a kind, in a namespace where it has one. */
export function customCollection(custom: CustomKind, namespace: string): string {
  const scope = custom.namespaced ? `/namespaces/${namespace}` : '';
  return `/apis/${custom.group}/${custom.version}${scope}/${custom.plural}`;
}

/**
 * JSON text of a custom resource with everything that careless code breaks: `__proto__` and `constructor` as keys,
 * integers beyond 2^53, long fractions, escapes, right-to-left text, emoji, empty and null-like values, depth 60.
 */
export function oddCustomJson(custom: CustomKind, place: ObjectPlace): string {
  const head = JSON.stringify({
    name: place.name,
    ...(custom.namespaced ? { namespace: place.namespace } : {}),
    annotations: {
      'example.com/text': 'null\\u0000? "quoted" \u202eright to left\u202c 👩‍🚀 \u2028',
      'example.com/empty': '',
    },
  });
  const deep = `${'{"deeper":'.repeat(60)}[]${'}'.repeat(60)}`;
  const spec = [
    '"__proto__":{"polluted":true}',
    '"constructor":{"prototype":{"polluted":true}}',
    '"big":9007199254740993',
    '"negative":-9223372036854775808',
    '"greatest":9223372036854775807',
    '"fraction":0.1',
    '"empty":{}',
    '"list":[[],{},""]',
    `"deep":${deep}`,
  ].join(',');
  return `{"apiVersion":"${custom.group}/${custom.version}","kind":"${custom.kind}","metadata":${head},"spec":{${spec}}}`;
}
