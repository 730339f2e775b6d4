import type { RequestContext } from '@meshery/observability';
import type { ListClustersHandler } from '../../../inventory/queries/list-clusters.handler.ts';
import type { Providers } from '../../../provider/providers.ts';
import { badParameter } from '../../../rest/query-values.ts';
import type { GraphqlContext } from '../../graphql-context.ts';
import type { LiveValues } from '../../live-values.ts';
import { someConnections } from '../connection-ids.ts';
import type { SomeConnections } from '../connection-ids.ts';
import { clusterSelection } from '../inventory-operations.ts';
import type { Answer, Follow } from '../with-published.ts';
import { mostFound, tooMuch } from './mesh-reader.ts';
import type { MeshFindings, MeshReader } from './mesh-reader.ts';
import type { MeshFound } from './mesh-objects.ts';

/** What the operations about service meshes are made of. */
export interface MeshOperationsParts {
  readonly meshes: MeshReader;
  readonly clusters: ListClustersHandler;
  readonly providers: Providers;
  readonly live: LiveValues;
}

interface OfMesh {
  readonly filter?: (SomeConnections & { readonly type?: string | null }) | null;
}

/** Brings what was found into its published form. */
type View = (found: MeshFindings) => readonly object[];

const views: Readonly<Record<'addons' | 'controlPlanes' | 'dataPlanes', View>> = {
  addons: ({ addons }) => addons.map(({ mesh, item }) => ({ name: item, owner: mesh })),
  controlPlanes: ({ members }) => [...byMesh(members)].map(([name, of]) => ({ name, members: of })),
  dataPlanes: ({ proxies }) => [...byMesh(proxies)].map(([name, of]) => ({ name, proxies: of })),
};

/** Queries of what service meshes have in the clusters of the user. */
export function meshAnswers(parts: MeshOperationsParts): Readonly<Record<string, Answer>> {
  const answer = (view: View) => async (args: OfMesh, context: GraphqlContext) => reading(parts, args, view)(context);
  return {
    getAvailableAddons: answer(views.addons),
    getControlPlanes: answer(views.controlPlanes),
    getDataPlanes: answer(views.dataPlanes),
  };
}

/** The same as subscriptions. */
export function meshFollows(parts: MeshOperationsParts): Readonly<Record<string, Follow>> {
  const follow = (view: View) => (args: OfMesh, context: GraphqlContext) => {
    const read = reading(parts, args, view);
    return parts.live.changing(context, async () => [await read(context)]);
  };
  return {
    listenToAddonState: follow(views.addons),
    listenToControlPlaneState: follow(views.controlPlanes),
    listenToDataPlaneState: follow(views.dataPlanes),
  };
}

/** Checks what is asked for at once. Throws `meshery-core-1001`. */
function reading(parts: MeshOperationsParts, { filter }: OfMesh, view: View) {
  const { type, ...args } = filter ?? {};
  if (type === 'INVALID_MESH') throw badParameter('type', 'names no service mesh');
  someConnections(args);
  const isAsked = ({ mesh }: MeshFound<unknown>): boolean => !type || type === 'ALL_MESH' || mesh === type;
  return async ({ ctx }: GraphqlContext): Promise<readonly object[]> => {
    const all: MeshFindings[] = [];
    let count = 0;
    for (const id of await clustersOf(parts, ctx, args)) {
      const { members, proxies, addons } = await parts.meshes.findings(ctx, id);
      const found = {
        members: members.filter(isAsked),
        proxies: proxies.filter(isAsked),
        addons: addons.filter(isAsked),
      };
      count += found.members.length + found.proxies.length;
      if (count > mostFound) throw tooMuch();
      all.push(found);
    }
    return view({
      members: all.flatMap(({ members }) => members),
      proxies: all.flatMap(({ proxies }) => proxies),
      addons: all.flatMap(({ addons }) => addons),
    });
  };
}

/** Only clusters that the user may see at this moment: what is known of one is kept for all who do. */
async function clustersOf(parts: MeshOperationsParts, ctx: RequestContext, args: SomeConnections) {
  const { clusterIds } = await clusterSelection(parts, ctx, args);
  const visible = (await parts.clusters.handle(ctx)).clusters.flatMap(({ id }) => (id === '' ? [] : [id]));
  return clusterIds === 'all' ? visible : visible.filter((id) => clusterIds.includes(id));
}

function byMesh<Item>(found: readonly MeshFound<Item>[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const { mesh, item } of found) {
    const group = groups.get(mesh);
    if (group === undefined) groups.set(mesh, [item]);
    else group.push(item);
  }
  return groups;
}
