import type { RequestContext } from '@meshery/observability';
import { recordId } from '@meshery/object-model';
import type { ClusterLinks } from '../../connections/cluster-links.ts';
import type { ConnectionChanger } from '../../connections/connection-changer.ts';
import type { ConnectionLife } from '../../connections/connection-life.ts';
import { modeKey } from '../../connections/meshsync-mode.ts';
import { notFound } from '../../provider/local/tenancy.ts';
import { badParameter } from '../../rest/query-values.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { oneConnection } from './connection-ids.ts';
import type { OneConnection } from './connection-ids.ts';
import type { Answer } from './with-published.ts';

/** What the operator is switched on and off with. */
export interface OperatorOperationsParts {
  readonly links: ClusterLinks;
  readonly changer: ConnectionChanger;
  readonly life: ConnectionLife;
}

interface OperatorStatusInput {
  readonly targetStatus: string;
  readonly contextID?: string | null;
  readonly connectionID?: string | null;
}

/** The toggle of the operator is the mode of its cluster; what becomes of it is told by the status of the operator. */
export function operatorAnswers(parts: OperatorOperationsParts): Readonly<Record<string, Answer>> {
  return {
    changeOperatorStatus: async ({ input }: { readonly input: OperatorStatusInput }, { ctx }: GraphqlContext) => {
      const { targetStatus, contextID, connectionID } = input;
      if (targetStatus !== 'ENABLED' && targetStatus !== 'DISABLED') {
        throw badParameter('targetStatus', 'must be ENABLED or DISABLED');
      }
      const { id } = await connectionOf(parts, ctx, {
        k8scontextID: contextID ?? null,
        connectionID: connectionID ?? null,
      });
      await parts.changer.setMode(ctx, id, targetStatus === 'ENABLED' ? 'operator' : 'embedded');
      return 'PROCESSING';
    },
    /** MeshSync comes with the operator, so that this is the operator tried at once; embedded it runs already. */
    deployMeshsync: async (args: OneConnection, { ctx }: GraphqlContext) => {
      const { id } = await connectionOf(parts, ctx, args);
      const { metadata } = await parts.life.refresh(ctx, id);
      return metadata[modeKey] === 'operator' ? 'PROCESSING' : 'ENABLED';
    },
  };
}

/** By the id of a connection, or of the cluster that it leads to. */
async function connectionOf({ links }: OperatorOperationsParts, ctx: RequestContext, args: OneConnection) {
  const asked = oneConnection(args);
  const id = recordId.safeParse(asked).success ? asked.toLowerCase() : asked;
  const found = (await links.connection(ctx, id)) ?? (await links.connectionTo(ctx, id));
  if (found === undefined) throw notFound('connection');
  return found;
}
