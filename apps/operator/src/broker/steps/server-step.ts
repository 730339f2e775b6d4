import { done } from '@meshery/kube/reconcile';
import type { Outcome, Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import type { Workload } from '../../cluster/kinds.ts';
import type { BrokerContext } from '../broker-context.ts';
import { statefulSet } from '../objects/stateful-set.ts';
import type { BrokerDeps } from './broker-deps.ts';

/** The servers, and whether they take clients. */
export function serverStep(deps: BrokerDeps): Step<BrokerContext> {
  return {
    name: 'servers',
    run: async (context, signal) => {
      const { names } = context;
      const ref = { namespace: names.namespace, name: names.base };
      const live = deps.owned.get<Workload>(kinds.statefulSet, ref);
      context.readyServers = live?.status?.readyReplicas ?? 0;
      if (live !== undefined && otherStorage(context, live)) return storageFixed(context);
      const now = await deps.owned.apply<Workload>(kinds.statefulSet, statefulSet(context, deps.images), signal);
      return rollout(context, now);
    },
  };
}

/** The claims of a StatefulSet cannot be changed. */
function otherStorage({ spec }: BrokerContext, live: Workload): boolean {
  const [claim] = (live.spec?.volumeClaimTemplates ?? []) as readonly {
    readonly spec?: {
      readonly storageClassName?: string;
      readonly resources?: { readonly requests?: { readonly storage?: string } };
    };
  }[];
  const { className, size } = spec.storage ?? {};
  if (className === undefined || claim === undefined) return className !== claim?.spec?.storageClassName;
  return claim.spec?.storageClassName !== className || claim.spec.resources?.requests?.storage !== String(size);
}

function storageFixed({ names }: BrokerContext): Outcome {
  return {
    type: 'stalled',
    reason: 'StorageImmutable',
    message:
      'The storage of running servers cannot be changed. Put the old spec.storage back, or delete StatefulSet ' +
      `${names.base} with its claims: what waits in the broker is then sent again by the agents.`,
  };
}

function rollout(context: BrokerContext, { metadata, status }: Workload): Outcome {
  const { size } = context;
  const ready = status?.readyReplicas ?? 0;
  context.readyServers = ready;
  const seen = status?.observedGeneration === metadata.generation;
  const updated = (status?.updatedReplicas ?? 0) >= size && (status?.replicas ?? 0) === size;
  if (seen && updated && ready === size) return done;
  const started = ready === 0;
  return {
    type: 'waiting',
    reason: started ? 'ServersStarting' : 'ServersUpdating',
    message: started
      ? 'No server takes clients yet; if this lasts, look at: kubectl describe pods -l app.kubernetes.io/name=nats'
      : 'Some servers are missing or being replaced; the others take clients.',
    available: ready > size / 2,
  };
}
