import type { AdapterDeployer } from '../../adapters/adapter-deployer.ts';
import { badParameter } from '../../rest/query-values.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import type { Answer } from './with-published.ts';

interface ChangeStatus {
  readonly input: { readonly targetStatus: string; readonly targetPort: string; readonly adapter: string };
}

/** Mutations about adapters. */
export function adapterAnswers(deployer: AdapterDeployer): Readonly<Record<string, Answer>> {
  return {
    changeAdapterStatus: async ({ input }: ChangeStatus, { ctx }: GraphqlContext) => {
      const { targetStatus, targetPort, adapter } = input;
      if (targetStatus !== 'ENABLED' && targetStatus !== 'DISABLED') {
        throw badParameter('targetStatus', 'must be ENABLED or DISABLED');
      }
      await deployer.change(ctx, { adapter, port: portOf(targetPort), isWanted: targetStatus === 'ENABLED' });
      return 'PROCESSING';
    },
  };
}

function portOf(text: string): number | undefined {
  if (text === '') return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw badParameter('targetPort', 'must be a port, from 1 to 65535');
  return port;
}
