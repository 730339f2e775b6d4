import { meshGroup } from '@meshery/contracts/crds';
import { leaseType } from '@meshery/kube/reconcile';
import type { KubeObject, WantedObject } from '@meshery/kube/reconcile';
import { meshSyncLabels, ownedBy } from '../meshsync-context.ts';
import type { MeshSyncContext } from '../meshsync-context.ts';

const rbac = 'rbac.authorization.k8s.io';

/** What the agent runs as. */
export function serviceAccount(context: MeshSyncContext): WantedObject {
  return ownedBy(context, context.names.base, { apiVersion: 'v1', kind: 'ServiceAccount' });
}

/** The agent follows its own MeshSync; one of several holds the Lease. */
export function ownRole(context: MeshSyncContext): WantedObject {
  const { names, size } = context;
  const resourceNames = [names.base];
  const follow = { apiGroups: [meshGroup], resources: ['meshsyncs'], resourceNames, verbs: ['get', 'list', 'watch'] };
  const lead = { apiGroups: [leaseType.group], resources: ['leases'], resourceNames, verbs: ['get', 'update'] };
  return ownedBy(context, names.base, {
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    rules: size > 1 ? [follow, lead] : [follow],
  });
}

/** Held by the agent that works; made here, since a right to make objects cannot be bound to a name. */
export function lease(context: MeshSyncContext): WantedObject {
  return ownedBy(context, context.names.base, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' });
}

/** Gives the agent its Role. */
export function ownRoleBinding(context: MeshSyncContext): WantedObject {
  const { names } = context;
  return ownedBy(context, names.base, {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    roleRef: { apiGroup: rbac, kind: 'Role', name: names.base },
    subjects: [subjectOf(context)],
  });
}

/** Annotation with the key of the MeshSync that a ClusterRoleBinding is for. */
export const ownerAnnotation = 'meshery.io/meshsync';

/**
 * Lets the agent read the cluster. An object without a namespace cannot be owned by one that has one: it is owned by
 * the definition of MeshSync, so that it ends with the operator's kinds, and deleted by the operator before that.
 */
export function readerBinding(context: MeshSyncContext, definition: KubeObject): WantedObject {
  const { names } = context;
  const { apiVersion, kind, metadata } = definition;
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: {
      name: names.binding,
      labels: meshSyncLabels(names),
      annotations: { [ownerAnnotation]: `${names.namespace}/${names.base}` },
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '' }],
    },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: roleOf(context) },
    subjects: [subjectOf(context)],
  };
}

/** The ClusterRole that the agent is bound to. */
export function roleOf({ spec }: MeshSyncContext): string {
  return spec.clusterRole ?? 'meshery-reader-core';
}

function subjectOf({ names }: MeshSyncContext) {
  return { kind: 'ServiceAccount', name: names.base, namespace: names.namespace };
}
