import { done, keyOf } from '@meshery/kube/reconcile';
import type { KubeObject, Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import { ownRole, ownRoleBinding, ownerAnnotation, readerBinding, roleOf, serviceAccount } from '../objects/access.ts';
import type { MeshSyncContext } from '../meshsync-context.ts';
import type { MeshSyncDeps } from './meshsync-deps.ts';

interface Binding extends KubeObject {
  readonly roleRef?: { readonly name: string };
}

/** What the agent runs as, and what that may read. */
export function accessStep(deps: MeshSyncDeps): Step<MeshSyncContext> {
  return {
    name: 'access',
    run: async (context, signal) => {
      const { owned } = deps;
      await owned.apply(kinds.serviceAccount, serviceAccount(context), signal);
      await owned.apply(kinds.role, ownRole(context), signal);
      await owned.apply(kinds.roleBinding, ownRoleBinding(context), signal);
      const ref = { name: context.names.binding };
      const live = owned.get<Binding>(kinds.clusterRoleBinding, ref);
      // The role of a binding cannot be changed.
      if (live?.roleRef !== undefined && live.roleRef.name !== roleOf(context)) {
        await owned.remove(kinds.clusterRoleBinding, ref, signal);
      }
      await owned.apply(kinds.clusterRoleBinding, readerBinding(context, await definition(deps, signal)), signal);
      return done;
    },
  };
}

const definitionName = 'meshsyncs.meshery.io';

async function definition(deps: MeshSyncDeps, signal: AbortSignal): Promise<KubeObject> {
  const found = await deps.client.get<KubeObject>(kinds.definition, { name: definitionName }, signal);
  if (found === undefined) throw new TypeError(`the definition ${definitionName} is not there`);
  return found;
}

/** Takes away what a MeshSync that is gone could read; all else hangs on owner references. */
export async function removeAccess(deps: MeshSyncDeps, key: string, signal: AbortSignal): Promise<void> {
  for (const binding of deps.owned.list(kinds.clusterRoleBinding)) {
    if (binding.metadata.annotations?.[ownerAnnotation] !== key) continue;
    await deps.owned.remove(kinds.clusterRoleBinding, { name: keyOf(binding.metadata) }, signal);
  }
}
