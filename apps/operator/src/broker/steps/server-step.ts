import { done } from '@meshery/kube/reconcile';
import type { Outcome, Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import type { Workload } from '../../cluster/kinds.ts';
import type { BrokerContext } from '../broker-context.ts';
import { isClustered } from '../objects/services.ts';
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
      if (live !== undefined && otherForm(context, live)) return rebuild(deps, context, signal);
      const now = await deps.owned.apply<Workload>(kinds.statefulSet, statefulSet(context, deps.images), signal);
      return rollout(context, now);
    },
  };
}

/**
 * A server alone cannot become one of a cluster while it runs, nor the other way round: the servers of a cluster are
 * not ready before all of them are there, and a rolling update waits for each. Nor do servers that encrypt their routes
 * find those that do not. Fewer servers would leave streams behind of which most copies are gone.
 */
function otherForm(context: BrokerContext, { spec }: Workload): boolean {
  const { containers = [], volumes = [] } = spec?.template?.spec ?? {};
  const clustered = containers.some(({ ports = [] }) => ports.some(({ name }) => name === 'cluster'));
  const encrypted = volumes.some(({ name }) => name === 'routes');
  if (clustered !== isClustered(context) || (spec?.replicas ?? 0) > context.size) return true;
  return clustered && encrypted !== (context.tls !== 'off');
}

async function rebuild(deps: BrokerDeps, { names }: BrokerContext, signal: AbortSignal): Promise<Outcome> {
  await deps.owned.remove(kinds.statefulSet, { namespace: names.namespace, name: names.base }, signal);
  return {
    type: 'waiting',
    reason: 'ServersReplaced',
    message: 'All servers are started anew with the new size; agents send again what waited in them.',
    afterMs: 1000,
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
