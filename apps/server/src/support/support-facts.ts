import type { ClusterStatus } from '@meshery/contracts';
import type { Operation } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { toMesheryError } from '@meshery/errors';
import { allStatuses } from '../controllers/controller-status.ts';
import type { ControllerSource } from '../controllers/controller-facts.ts';

/** A cluster without its name and address: state, reason, and what is not in sync. */
export function clusterFacts({ id, source, state, reason, lastSeen, objectCount, kinds }: ClusterStatus): object {
  const behind = kinds.filter((kind) => kind.state !== 'synced').slice(0, 100);
  return { id, source, state, reason, lastSeen, objectCount, kindCount: kinds.length, behind: behind.map(kindFacts) };
}

function kindFacts({ resource, state, reason }: ClusterStatus['kinds'][number]): object {
  return { resource, state, reason };
}

/** States and versions of the controllers of a cluster, or the code of why they are not known. Never rejects. */
export async function controllerFacts(ctx: RequestContext, source: ControllerSource, id: string): Promise<object> {
  try {
    const facts = await source.facts(ctx, id);
    if (facts === undefined) return { connectionId: id, fault: 'meshery-core-1002' };
    const controllers = allStatuses(facts).map(({ controller, status, version }) => ({ controller, status, version }));
    return { connectionId: id, mode: facts.mode, fault: facts.fault?.code, controllers };
  } catch (error) {
    return { connectionId: id, fault: toMesheryError(error).code };
  }
}

/** What failed and with which code; what it was done to and for whom is left out. */
export function operationFacts({ id, kind, state, error, targets, createdAt, finishedAt }: Operation): object {
  const failed = targets.filter((target) => target.state === 'failed').length;
  return { id, kind, state, code: error?.code, targets: targets.length, failed, createdAt, finishedAt };
}
