import { recordId } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { InventoryQueries } from '../../inventory/inventory-queries.ts';
import type { ChangeHub } from '../../inventory/live/change-hub.ts';
import type { QueuedChange } from '../../inventory/live/change-queue.ts';
import { liveChanges } from '../../inventory/live/live-changes.ts';
import { fullRow } from '../../inventory/row-text.ts';
import type { Providers } from '../../provider/providers.ts';
import { badParameter } from '../../rest/query-values.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { ResyncClusterHandler } from '../../ingest/resync-cluster.handler.ts';
import type { ResetDatabaseHandler } from '../../system/reset-database.handler.ts';
import { absentAsUndefined } from '../absent.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { oneConnection, someConnections } from './connection-ids.ts';
import type { OneConnection, SomeConnections } from './connection-ids.ts';
import type { LiveValues } from '../live-values.ts';
import type { Answer, Follow } from './with-published.ts';

/** What the operations about discovered objects are made of. */
export interface InventoryOperationsParts {
  readonly queries: InventoryQueries;
  readonly reset: ResetDatabaseHandler;
  readonly resync: ResyncClusterHandler;
  readonly providers: Providers;
  readonly hub: ChangeHub;
  readonly sessions: Sessions;
  readonly heartbeatMs: number;
  readonly live: LiveValues;
}

type OfNamespace = SomeConnections & { readonly namespace: string };

interface Resync extends OneConnection {
  readonly selector?: Readonly<Record<'clearDB' | 'ReSync' | 'hardReset', string>> | null;
}

/** Queries of what was discovered, and emptying it. */
export function inventoryAnswers(parts: InventoryOperationsParts): Readonly<Record<string, Answer>> {
  return {
    getAvailableNamespaces: async (args: SomeConnections, { ctx }: GraphqlContext) => {
      const { namespaces } = await parts.queries.summaries.summary(ctx, await clusterSelection(parts, ctx, args));
      return namespaces.map((namespace) => ({ namespace }));
    },
    getClusterResources: async (args: OfNamespace, { ctx }: GraphqlContext) => kindTotals(parts, ctx, args),
    resyncCluster: async ({ selector, ...args }: Resync, { ctx }: GraphqlContext) => {
      if (selector?.hardReset === 'true') await parts.reset.handle(ctx);
      else if (selector?.clearDB === 'true' || selector?.ReSync === 'true') await resyncOne(parts, ctx, args);
      else throw badParameter('selector', 'must have "true" in one of its fields');
      return 'PROCESSING';
    },
  };
}

/** The same as subscriptions. */
export function inventoryFollows(parts: InventoryOperationsParts): Readonly<Record<string, Follow>> {
  const { live, hub, sessions, heartbeatMs } = parts;
  return {
    subscribeClusterResources: (args: OfNamespace, context: GraphqlContext) => {
      someConnections(args);
      return live.changing(context, async () => [await kindTotals(parts, context.ctx, args)]);
    },
    subscribeMeshSyncEvents: (args: SomeConnections, context: GraphqlContext) => {
      someConnections(args);
      return live.ending(context, async function* (signal) {
        const subscription = { filter: await clusterSelection(parts, context.ctx, args), parts: fullRow };
        const audience = { session: context.session, signal };
        for await (const change of liveChanges({ hub, sessions, heartbeatMs }, { subscription }, audience)) {
          yield eventOf(change);
        }
      });
    },
  };
}

/** A connection stands for the cluster behind it; what is no connection is the id of a cluster itself. */
export async function clusterSelection(
  { providers }: Pick<InventoryOperationsParts, 'providers'>,
  ctx: RequestContext,
  args: SomeConnections,
): Promise<{ readonly clusterIds: readonly string[] | 'all' }> {
  const ids = someConnections(args);
  if (ids === 'all') return { clusterIds: ids };
  const { connections } = providers.of(ctx);
  const clusterIds = ids.map(async (id) => {
    if (!recordId.safeParse(id).success) return id;
    const connection = await connections.get(ctx, id.toLowerCase()).catch(absentAsUndefined);
    const clusterId = connection?.metadata['kubernetesServerId'];
    return typeof clusterId === 'string' && clusterId !== '' ? clusterId : id;
  });
  return { clusterIds: await Promise.all(clusterIds) };
}

/** Reading anew sweeps what is not there any more, so that it stands for "clearDB" as well. */
async function resyncOne(parts: InventoryOperationsParts, ctx: RequestContext, args: OneConnection): Promise<void> {
  const { clusterIds } = await clusterSelection(parts, ctx, { connectionIDs: [oneConnection(args)] });
  if (clusterIds === 'all') throw badParameter('connectionID', 'must name one connection');
  for (const clusterId of clusterIds) await parts.resync.handle(ctx, clusterId);
}

/** How many objects of each kind a namespace has, or all of them together. */
async function kindTotals(parts: InventoryOperationsParts, ctx: RequestContext, args: OfNamespace): Promise<object> {
  const namespaces = args.namespace === '' ? {} : { namespaces: [args.namespace] };
  const filter = { ...(await clusterSelection(parts, ctx, args)), ...namespaces };
  const totals = new Map<string, number>();
  for (const { kind, count } of (await parts.queries.summaries.summary(ctx, filter)).kinds) {
    totals.set(kind, (totals.get(kind) ?? 0) + count);
  }
  return { resources: [...totals].map(([kind, count]) => ({ kind, count })) };
}

/** What came first cannot be told from what came again: both are written as a change. */
function eventOf(change: QueuedChange): object {
  if (change.type === 'reset') {
    const object = { message: 'Changes were missed: read everything anew.' };
    return { type: 'ERROR', object, contextId: '', connectionID: '' };
  }
  const { clusterId } = change.head;
  const type = change.type === 'upsert' ? 'MODIFIED' : 'DELETED';
  return { type, object: JSON.parse(change.data) as unknown, contextId: clusterId, connectionID: clusterId };
}
