import type { PolicyRule } from '../../../apps/operator/src/access/access-rules.ts';
import type { KubeObject } from './kube-objects.ts';
import { labelsOf } from './kube-objects.ts';

const group = 'rbac.authorization.k8s.io';
const apiVersion = `${group}/v1`;

/** A role by name, in a namespace or in the whole cluster. */
interface RolePlace {
  readonly name: string;
  readonly namespace?: string;
  /** The component that it belongs to. */
  readonly component: string;
}

/** A Role, or without a namespace a ClusterRole. */
export function role({ name, namespace, component }: RolePlace, rules: readonly PolicyRule[]): KubeObject {
  const labels = labelsOf(component);
  if (namespace === undefined) return { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules };
  return { apiVersion, kind: 'Role', metadata: { name, namespace, labels }, rules };
}

/** The binding of the same name, to a ServiceAccount. */
export function binding(
  { name, namespace, component }: RolePlace,
  account: { readonly name: string; readonly namespace: string },
): KubeObject {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const place = namespace === undefined ? { name } : { name, namespace };
  return {
    apiVersion,
    kind: `${kind}Binding`,
    metadata: { ...place, labels: labelsOf(component) },
    roleRef: { apiGroup: group, kind, name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
}

const aggregationLabel = 'meshery.io/aggregate-to-reader-core';

/**
 * The role of agents, and the rules that it begins with. The controller manager fills the first with the rules of every
 * role that has the label, so that a role for custom kinds joins by its label; rules written there would undo its work.
 */
export function aggregatedReader(name: string, component: string, rules: readonly PolicyRule[]): KubeObject[] {
  const labels = labelsOf(component);
  const matchLabels = { [aggregationLabel]: 'true' };
  return [
    {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name, labels },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels }] },
    },
    {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name: `${name}-kinds`, labels: { ...labels, ...matchLabels } },
      rules,
    },
  ];
}
