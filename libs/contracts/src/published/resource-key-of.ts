import { formatResourceKey } from '../ingest/resource-key.ts';

/** Plurals that no rule gives. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['Endpoints', 'endpoints'],
  ['PodMetrics', 'pods'],
  ['NodeMetrics', 'nodes'],
  ['SecurityContextConstraints', 'securitycontextconstraints'],
]);

/**
 * Resource key of an object that a published agent sent: such messages name the kind only, so the plural is the one
 * that Kubernetes' own naming rule gives ("Ingress" to "ingresses", "NetworkPolicy" to "networkpolicies").
 */
export function resourceKeyOf(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/', 2) as [string, string]) : ['', apiVersion];
  return formatResourceKey({ plural: irregular.get(kind) ?? pluralOf(kind.toLowerCase()), version, group });
}

function pluralOf(singular: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(singular)) return `${singular}es`;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}
