import { MesheryError } from '@meshery/errors';
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
import type { ResetDatabaseHandler } from '../../system/reset-database.handler.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { someConnections } from './connection-ids.ts';
import type { SomeConnections } from './connection-ids.ts';
import type { LiveValues } from './live-values.ts';
import type { Answer, Follow } from './with-published.ts';

/** What the operations about discovered objects are made of. */
export interface InventoryOperationsParts {
  readonly queries: InventoryQueries;
  readonly reset: ResetDatabaseHandler;
  readonly providers: Providers;
  readonly hub: ChangeHub;
  readonly sessions: Sessions;
  readonly heartbeatMs: number;
  readonly live: LiveValues;
}

type OfNamespace = SomeConnections & { readonly namespace: string };

interface Resync {
  readonly selector?: Readonly<Record<'clearDB' | 'ReSync' | 'hardReset', string>> | null;
}

/** Queries of what was discovered, and emptying it. */
export function inventoryAnswers(parts: InventoryOperationsParts): Readonly<Record<string, Answer>> {
  return {
    getAvailableNamespaces: async (args: SomeConnections, { ctx }: GraphqlContext) => {
      const { namespaces } = await parts.queries.summaries.summary(ctx, await selection(parts, ctx, args));
      return namespaces.map((namespace) => ({ namespace }));
    },
    getClusterResources: async (args: OfNamespace, { ctx }: GraphqlContext) => kindTotals(parts, ctx, args),
    resyncCluster: async ({ selector }: Resync, { ctx }: GraphqlContext) => {
      if (selector?.hardReset !== 'true') throw onlyHard(selector);
      await parts.reset.handle(ctx);
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
        const subscription = { filter: await selection(parts, context.ctx, args), parts: fullRow };
        const audience = { session: context.session, signal };
        for await (const change of liveChanges({ hub, sessions, heartbeatMs }, { subscription }, audience)) {
          yield eventOf(change);
        }
      });
    },
  };
}

/** A connection stands for the cluster behind it; what is no connection is the id of a cluster itself. */
async function selection(
  { providers }: InventoryOperationsParts,
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

function absentAsUndefined(error: unknown): undefined {
  if (error instanceof MesheryError && error.code === 'meshery-core-1002') return undefined;
  throw error;
}

/** How many objects of each kind a namespace has, or all of them together. */
async function kindTotals(parts: InventoryOperationsParts, ctx: RequestContext, args: OfNamespace): Promise<object> {
  const namespaces = args.namespace === '' ? {} : { namespaces: [args.namespace] };
  const filter = { ...(await selection(parts, ctx, args)), ...namespaces };
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

function onlyHard(selector: Resync['selector']): MesheryError {
  const isAsked = selector?.clearDB === 'true' || selector?.ReSync === 'true';
  if (!isAsked) return badParameter('selector', 'must have "true" in one of its fields');
  return new MesheryError('meshery-core-1009', 'A single cluster cannot be discovered anew yet.', {
    probableCause: 'This server empties the cache of discovered objects as a whole.',
    remedy: 'Set "hardReset" to "true", or disconnect the cluster and connect it again.',
  });
}
