import { done, leaseType, refOf } from '@meshery/kube/reconcile';
import type { KubeObject, Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import { lease, ownRole, ownRoleBinding, readerBinding, roleOf, serviceAccount } from '../objects/access.ts';
import { meshSyncNames } from '../meshsync-context.ts';
import type { MeshSyncContext } from '../meshsync-context.ts';
import type { MeshSyncDeps } from './meshsync-deps.ts';

interface Binding extends KubeObject {
  readonly roleRef?: { readonly name: string };
}

/** What the agent runs as, and what that may read. */
export function accessStep(deps: MeshSyncDeps): Step<MeshSyncContext> {
  const definition = definitionReader(deps);
  return {
    name: 'access',
    run: async (context, signal) => {
      const { owned } = deps;
      await owned.apply(kinds.serviceAccount, serviceAccount(context), signal);
      await owned.apply(kinds.role, ownRole(context), signal);
      await owned.apply(kinds.roleBinding, ownRoleBinding(context), signal);
      // Not watched, unlike the others: its holder writes it every few seconds.
      if (context.size > 1) await owned.apply(leaseType, lease(context), signal);
      const ref = { name: context.names.binding };
      const live = owned.get<Binding>(kinds.clusterRoleBinding, ref);
      // The role of a binding cannot be changed.
      if (live?.roleRef !== undefined && live.roleRef.name !== roleOf(context)) {
        await owned.remove(kinds.clusterRoleBinding, ref, signal);
      }
      await owned.apply(kinds.clusterRoleBinding, readerBinding(context, await definition(signal)), signal);
      return done;
    },
  };
}

const definitionName = 'meshsyncs.meshery.io';
/** The definition is large, and each reconcile wants to know whether it is still the same. */
const definitionMs = 10_000;

/** Reads the definition of MeshSync, not more often than every ten seconds. */
function definitionReader({ client, clock }: MeshSyncDeps): (signal: AbortSignal) => Promise<KubeObject> {
  let known: { readonly definition: KubeObject; readonly at: number } | undefined;
  return async (signal) => {
    if (known !== undefined && clock.monotonic() - known.at < definitionMs) return known.definition;
    const definition = await client.get<KubeObject>(kinds.definition, { name: definitionName }, signal);
    if (definition === undefined) throw new TypeError(`the definition ${definitionName} is not there`);
    known = { definition, at: clock.monotonic() };
    return definition;
  };
}

/** Takes away what a MeshSync that is gone could read; all else hangs on owner references. */
export async function removeAccess(deps: MeshSyncDeps, key: string, signal: AbortSignal): Promise<void> {
  await deps.owned.remove(kinds.clusterRoleBinding, { name: meshSyncNames(refOf(key)).binding }, signal);
}
