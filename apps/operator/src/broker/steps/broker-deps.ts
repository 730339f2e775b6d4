import type { KubeClient, ObjectRef } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import { kinds } from '../../cluster/kinds.ts';
import type { Secret } from '../../cluster/kinds.ts';
import type { Images } from '../../cluster/images.ts';
import type { OwnedObjects } from '../../cluster/owned-objects.ts';

/** What the steps of a Broker work with. */
export interface BrokerDeps {
  readonly owned: OwnedObjects;
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly images: Images;
  /** How long credentials still work after new ones were made, in ms. */
  readonly credentialOverlapMs: number;
  /** The cluster's identity; rejects with `meshery-kube-1306` while it cannot be read. */
  readonly clusterId: (signal: AbortSignal) => Promise<string>;
}

/** A Secret that may be somebody else's: the operator's own come from its cache. */
export async function readSecret(deps: BrokerDeps, ref: ObjectRef, signal: AbortSignal): Promise<Secret | undefined> {
  return deps.owned.get<Secret>(kinds.secret, ref) ?? (await deps.client.get<Secret>(kinds.secret, ref, signal));
}
