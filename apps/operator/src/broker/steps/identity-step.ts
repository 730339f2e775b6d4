import { done } from '@meshery/kube/reconcile';
import type { Outcome, Step } from '@meshery/kube/reconcile';
import type { BrokerContext } from '../broker-context.ts';
import { knownNatsVersions, natsImage } from '../nats-versions.ts';
import type { BrokerDeps } from './broker-deps.ts';

/** What runs, and for which cluster. */
export function identityStep(deps: BrokerDeps): Step<BrokerContext> {
  return {
    name: 'identity',
    run: async (context, signal) => {
      context.nats = natsImage(context.spec, deps.images.nats);
      if (context.nats === undefined) return unknownVersion(context.spec.version ?? '');
      context.clusterId = await deps.clusterId(signal);
      return done;
    },
  };
}

function unknownVersion(version: string): Outcome {
  return {
    type: 'stalled',
    reason: 'UnknownVersion',
    message:
      `There is no image for version ${version} of nats-server. Leave spec.version out, set it to one of ` +
      `${knownNatsVersions.join(', ')}, or name a repository that has it in spec.image.repository.`,
  };
}
