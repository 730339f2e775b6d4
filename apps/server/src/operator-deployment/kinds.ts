import { meshGroup } from '@meshery/contracts/crds';
import type { ResourceType, WantedObject } from '@meshery/kube/reconcile';

function clusterWide(groupVersion: string, plural: string, kind: string): ResourceType {
  const [version = '', group = ''] = groupVersion.split('/').toReversed();
  return { group, version, plural, kind, namespaced: false };
}

function namespaced(groupVersion: string, plural: string, kind: string): ResourceType {
  return { ...clusterWide(groupVersion, plural, kind), namespaced: true };
}

const rbac = 'rbac.authorization.k8s.io';
const extensions = 'apiextensions.k8s.io';

/** The operator's Deployment. */
export const deploymentType = namespaced('apps/v1', 'deployments', 'Deployment');
/** Our kinds. */
export const brokerType = namespaced(`${meshGroup}/v1alpha2`, 'brokers', 'Broker');
export const meshSyncType = namespaced(`${meshGroup}/v1alpha2`, 'meshsyncs', 'MeshSync');
export const definitionType = clusterWide(`${extensions}/v1`, 'customresourcedefinitions', 'CustomResourceDefinition');
export const namespaceType = clusterWide('v1', 'namespaces', 'Namespace');
/** What is asked about rights with. */
export const accessReviewType = clusterWide(
  'authorization.k8s.io/v1',
  'selfsubjectaccessreviews',
  'SelfSubjectAccessReview',
);

/** What the namespace of the operator must not hold any more when it is removed, by who else could use it. */
export const namespaceContents: readonly ResourceType[] = [
  namespaced('v1', 'configmaps', 'ConfigMap'),
  namespaced('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  namespaced('v1', 'pods', 'Pod'),
  namespaced('v1', 'secrets', 'Secret'),
  namespaced('v1', 'serviceaccounts', 'ServiceAccount'),
  namespaced('v1', 'services', 'Service'),
  namespaced('apps/v1', 'daemonsets', 'DaemonSet'),
  deploymentType,
  namespaced('apps/v1', 'statefulsets', 'StatefulSet'),
  namespaced('batch/v1', 'cronjobs', 'CronJob'),
  namespaced('batch/v1', 'jobs', 'Job'),
];

const all: readonly ResourceType[] = [
  namespaceType,
  definitionType,
  deploymentType,
  brokerType,
  meshSyncType,
  namespaced('v1', 'serviceaccounts', 'ServiceAccount'),
  namespaced('v1', 'services', 'Service'),
  namespaced('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy'),
  clusterWide(`${rbac}/v1`, 'clusterroles', 'ClusterRole'),
  clusterWide(`${rbac}/v1`, 'clusterrolebindings', 'ClusterRoleBinding'),
  namespaced(`${rbac}/v1`, 'roles', 'Role'),
  namespaced(`${rbac}/v1`, 'rolebindings', 'RoleBinding'),
];

const byKind: ReadonlyMap<string, ResourceType> = new Map(all.map((one) => [one.kind, one]));

/** Where an object of the operator goes. */
export function typeOf({ kind }: WantedObject): ResourceType {
  const found = byKind.get(kind);
  if (found === undefined) throw new Error(`the operator has an object of a kind that is not known: ${kind}`);
  return found;
}
