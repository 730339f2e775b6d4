import type { RequestContext } from '@meshery/observability';
import type { ControllerFacts, ControllerSource } from '../../controllers/controller-facts.ts';
import {
  allStatuses,
  brokerInfo,
  brokerStatus,
  meshSyncInfo,
  operatorStatus,
} from '../../controllers/controller-status.ts';
import type { ControllerInfo, ControllerState } from '../../controllers/controller-status.ts';
import type { ListClustersHandler } from '../../inventory/queries/list-clusters.handler.ts';
import { notFound } from '../../provider/local/tenancy.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { namedConnections, oneConnection, someConnections } from './connection-ids.ts';
import type { OneConnection, SomeConnections } from './connection-ids.ts';
import type { LiveValues } from '../live-values.ts';
import type { Answer, Follow } from './with-published.ts';

/** What the operations about controllers are made of. */
export interface ControllerOperationsParts {
  readonly source: ControllerSource;
  readonly clusters: ListClustersHandler;
  readonly live: LiveValues;
}

/** The older, coarser names of states. */
const coarse = {
  CONNECTED: 'CONNECTED',
  DEPLOYED: 'ENABLED',
  RUNNING: 'ENABLED',
  DEPLOYING: 'PROCESSING',
  NOTDEPLOYED: 'DISABLED',
  UNDEPLOYED: 'DISABLED',
  UNKOWN: 'UNKNOWN',
} as const satisfies Record<ControllerState, string>;

/** Queries about operator, MeshSync and broker of one connection. */
export function controllerAnswers({ source }: ControllerOperationsParts): Readonly<Record<string, Answer>> {
  const asked = (view: (facts: ControllerFacts) => unknown) => async (args: OneConnection, context: GraphqlContext) => {
    const facts = await source.facts(context.ctx, oneConnection(args));
    if (facts === undefined) throw notFound('connection');
    return view(facts);
  };
  return {
    getOperatorStatus: asked(operatorView),
    getMeshsyncStatus: asked((facts) => infoView(facts, meshSyncInfo(facts))),
    getNatsStatus: asked((facts) => infoView(facts, brokerInfo(facts))),
    /** Bridges connect by themselves, again and again: what is told is how far they are. */
    connectToNats: asked(linkStatus),
  };
}

function linkStatus(facts: ControllerFacts): string {
  const { status } = brokerStatus(facts);
  // A broker that works and that nobody hears yet.
  return status === 'DEPLOYED' ? 'PROCESSING' : coarse[status];
}

/** The same as subscriptions: every state at first, and whenever it is another one. */
export function controllerFollows(parts: ControllerOperationsParts): Readonly<Record<string, Follow>> {
  const { live } = parts;
  const following = (view: (facts: readonly ControllerFacts[]) => readonly unknown[]): Follow => {
    return (args: SomeConnections, context: GraphqlContext) => {
      const ids = someConnections(args);
      return live.changing(context, async () => view(await knownFacts(parts, context.ctx, ids)));
    };
  };
  return {
    listenToOperatorState: following((all) =>
      all.map((facts) => ({ ...idsOf(facts), operatorStatus: operatorView(facts) })),
    ),
    listenToMeshSyncEvents: following((all) =>
      all.map((facts) => ({ ...idsOf(facts), OperatorControllerStatus: infoView(facts, meshSyncInfo(facts)) })),
    ),
    subscribeBrokerConnection: following((all) => [all.some((facts) => brokerStatus(facts).status === 'CONNECTED')]),
    subscribeMesheryControllersStatus: following((all) => [all.flatMap(rowsOf)]),
  };
}

/** Connections that are unknown to whoever asks have no state. */
async function knownFacts(
  { source, clusters }: ControllerOperationsParts,
  ctx: RequestContext,
  asked: readonly string[] | 'all',
): Promise<readonly ControllerFacts[]> {
  const ids = await namedConnections(clusters, ctx, asked);
  const found = await Promise.all(ids.map((id) => source.facts(ctx, id)));
  return found.flatMap((facts) => facts ?? []);
}

function idsOf({ connectionId }: ControllerFacts): { readonly contextID: string; readonly connectionID: string } {
  return { contextID: connectionId, connectionID: connectionId };
}

function operatorView(facts: ControllerFacts): object {
  const { status, version } = operatorStatus(facts);
  return {
    ...idsOf(facts),
    ...faultOf(facts),
    status: coarse[status],
    version,
    controllers: [infoView(facts, brokerInfo(facts)), infoView(facts, meshSyncInfo(facts))],
  };
}

function infoView(facts: ControllerFacts, { name, version, status }: ControllerInfo): object {
  return { ...idsOf(facts), ...faultOf(facts), name, version, status };
}

function faultOf({ fault }: ControllerFacts): object {
  return fault === undefined ? {} : { error: { code: fault.code, description: `${fault.message} ${fault.remedy}` } };
}

function rowsOf(facts: ControllerFacts): readonly object[] {
  return allStatuses(facts).map(({ connectionId, ...row }) => ({
    ...row,
    contextId: connectionId,
    connectionID: connectionId,
  }));
}
