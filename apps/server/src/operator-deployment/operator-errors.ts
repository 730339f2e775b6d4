import { MesheryError } from '@meshery/errors';
import type { ObjectRef, ResourceType } from '@meshery/kube/reconcile';
import { keyOf } from '@meshery/kube/reconcile';

/** Rights that are missing; `missing` names each. */
export function rightsMissing(missing: readonly string[]): MesheryError {
  return new MesheryError(
    'meshery-connection-1706',
    `The operator cannot be deployed: ${String(missing.length)} rights are missing: ${missing.join('; ')}.`,
    {
      probableCause:
        'The credential of the connection may not do everything that the deployment needs; nothing was changed.',
      remedy:
        'Give its user these rights (docs/guides/connect-a-cluster.md), install the operator with its Helm chart, or use the mode "embedded".',
      details: { missing },
    },
  );
}

/** An operator that somebody else runs is used as it is, and this one does not work. */
export function othersOperatorNotReady(key: string): MesheryError {
  return new MesheryError(
    'meshery-connection-1707',
    `The operator ${key} was installed by somebody else and is not ready.`,
    {
      probableCause: 'Its pod does not run, or another server is removing it; nothing was changed.',
      remedy: `Look at it with kubectl describe, or remove it: then this server deploys its own.`,
    },
  );
}

/** Objects with the names that are needed, made by somebody else. */
export function takenByOthers(keys: readonly string[]): MesheryError {
  return new MesheryError(
    'meshery-connection-1707',
    `Somebody else made what the operator consists of: ${keys.join(', ')}.`,
    {
      probableCause: 'An operator was installed there and removed only in part; nothing was changed.',
      remedy: 'Install the operator again the way it was, or delete these objects: then this server deploys its own.',
      details: { objects: keys },
    },
  );
}

/** Objects that are still there, or not ready, when the time is up. */
export function notInTime(what: string, left: readonly string[]): MesheryError {
  return new MesheryError('meshery-connection-1708', `${what}: ${left.join('; ')}.`, {
    probableCause: 'The cluster is slow, or a finalizer waits for a controller that does not run.',
    remedy: 'It is tried again; where a finalizer is named, start its controller or take it off with kubectl edit.',
    details: { objects: left },
  });
}

/** An object in words: "deployments.apps meshery/meshery-operator". */
export function inWords(type: ResourceType, ref: ObjectRef): string {
  return `${resourceOf(type)} ${keyOf(type.namespaced ? ref : { name: ref.name })}`;
}

/** A kind as RBAC names it: "deployments.apps", "secrets". */
export function resourceOf({ plural, group }: Pick<ResourceType, 'plural' | 'group'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}
