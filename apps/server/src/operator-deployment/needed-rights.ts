import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';
import { inParallel } from '../kubernetes/in-parallel.ts';
import { accessReviewType, brokerType, deploymentType, meshSyncType, namespaceContents } from './kinds.ts';
import { resourceOf } from './operator-errors.ts';
import type { PlacedObject } from './wanted-objects.ts';

/** Something that a user must be allowed to do; without a name with every object of the kind. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** Questions at the same time. */
const asked = 8;
const written = ['get', 'create', 'patch', 'delete'] as const;

/**
 * Everything that deploying these objects, and removing them later, needs. The API server lets nobody make a role with
 * more rights than they have, nor bind one, unless they may escalate and bind it.
 */
export function neededRights(wanted: readonly PlacedObject[]): readonly Right[] {
  const [namespace = ''] = wanted.flatMap(({ type, object }) =>
    type === deploymentType ? object.metadata.namespace : [],
  );
  const lists = [deploymentType, brokerType, meshSyncType].map((type) => right('list', type, '', ''));
  return [
    ...wanted.flatMap(({ type, object }) => {
      const place = type.namespaced ? (object.metadata.namespace ?? '') : '';
      const verbs = type.kind === 'Role' || type.kind === 'ClusterRole' ? [...written, 'escalate', 'bind'] : written;
      return verbs.map((verb) => right(verb, type, place, object.metadata.name));
    }),
    ...lists,
    ...namespaceContents.filter((type) => type !== deploymentType).map((type) => right('list', type, namespace, '')),
  ];
}

/** Those of the rights that the user of the client does not have, in words. Rejects as `KubeClient.create` does. */
export async function missingRights(
  client: KubeClient,
  rights: readonly Right[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answers = await inParallel(rights, asked, async (one) => ({
    one,
    isAllowed: await isAllowed(client, one, signal),
  }));
  const verbs = new Map<string, string[]>();
  for (const { one } of answers.filter(({ isAllowed: is }) => !is)) {
    const object = inWords(one);
    verbs.set(object, [...(verbs.get(object) ?? []), one.verb]);
  }
  return [...verbs].map(([object, missing]) => `${missing.join(', ')} ${object}`);
}

function right(verb: string, { group, plural }: ResourceType, namespace: string, name: string): Right {
  return { verb, group, resource: plural, namespace, name };
}

async function isAllowed(client: KubeClient, { ...resourceAttributes }: Right, signal: AbortSignal): Promise<boolean> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: { name: '' },
    spec: { resourceAttributes },
  };
  const { status } = await client.create<KubeObject & { readonly status?: { readonly allowed?: boolean } }>(
    accessReviewType,
    review,
    signal,
  );
  return status?.allowed === true;
}

function inWords({ group, resource, namespace, name }: Right): string {
  const where = namespace === '' ? '' : ` in namespace ${namespace}`;
  return `${resourceOf({ group, plural: resource })}${name === '' ? '' : ` ${name}`}${where}`;
}
