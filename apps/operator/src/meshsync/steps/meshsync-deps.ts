import type { AgentStatusDocument } from '@meshery/contracts';
import type { KubeClient, ObjectRef } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import type { Broker } from '../../cluster/kinds.ts';
import type { Images } from '../../cluster/images.ts';
import type { OwnedObjects } from '../../cluster/owned-objects.ts';

/** What an agent answered, or why it did not; published ones are alive and have nothing to say. */
export type AgentAnswer =
  | { readonly type: 'answered'; readonly status: AgentStatusDocument }
  | { readonly type: 'silent'; readonly reason: string; readonly alive?: boolean };

/** What the steps of a MeshSync work with. */
export interface MeshSyncDeps {
  readonly owned: OwnedObjects;
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly images: Images;
  readonly broker: (ref: ObjectRef) => Broker | undefined;
  /** Asks the agents of a namespace that have these labels; the one that works is taken. */
  readonly askAgent: (
    namespace: string,
    labels: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<AgentAnswer>;
}
