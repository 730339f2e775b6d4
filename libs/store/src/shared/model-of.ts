/** API groups without a dot that Kubernetes itself serves, besides the core group. */
const builtInGroups = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions']);

/**
 * The model that a kind belongs to: "kubernetes" for what Kubernetes itself serves, else the label before the
 * top-level domain of the API group ("istio" for "networking.istio.io").
 */
export function modelOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (builtInGroups.has(group) || group === 'k8s.io' || group.endsWith('.k8s.io')) return 'kubernetes';
  const labels = group.split('.');
  return labels.at(-2) ?? group;
}
