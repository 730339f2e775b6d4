import { done } from '@meshery/kube/reconcile';
import type { Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import type { Service } from '../../cluster/kinds.ts';
import { nodeAddress } from '../../cluster/node-address.ts';
import type { BrokerContext } from '../broker-context.ts';
import { endpointsOf } from '../endpoints.ts';
import { brokerNetworkPolicy, disruptionBudget } from '../objects/policies.ts';
import { clientService, headlessService, isExposed, monitorService } from '../objects/services.ts';
import type { BrokerDeps } from './broker-deps.ts';

/** The Services with what limits them, and the endpoints that follow from them. */
export function serviceStep(deps: BrokerDeps): Step<BrokerContext> {
  return {
    name: 'services',
    run: async (context, signal) => {
      const { owned, client } = deps;
      const { names, spec } = context;
      await owned.apply(kinds.networkPolicy, brokerNetworkPolicy(context), signal);
      await owned.apply(kinds.podDisruptionBudget, disruptionBudget(context), signal);
      await owned.apply(kinds.service, headlessService(context), signal);
      const service = await owned.apply<Service>(kinds.service, clientService(context), signal);
      if (isExposed(context)) await owned.apply(kinds.service, monitorService(context), signal);
      else await owned.remove(kinds.service, { namespace: names.namespace, name: names.monitor }, signal);
      const override = spec.service?.externalEndpointOverride;
      const address = spec.service?.type === 'NodePort' ? await nodeAddress(client, signal) : undefined;
      const { internal, external } = endpointsOf({ service, override, nodeAddress: address });
      context.internal = internal;
      context.external = external;
      return done;
    },
  };
}
