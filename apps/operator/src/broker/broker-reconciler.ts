import { ObjectReconciler } from '@meshery/kube/reconcile';
import type { EventRecorder, Findings, ObjectWatch, Step } from '@meshery/kube/reconcile';
import { kinds } from '../cluster/kinds.ts';
import type { Broker } from '../cluster/kinds.ts';
import { brokerContext } from './broker-context.ts';
import type { BrokerContext } from './broker-context.ts';
import type { BrokerDeps } from './steps/broker-deps.ts';
import { certificateStep } from './steps/certificate-step.ts';
import { credentialStep } from './steps/credential-step.ts';
import { identityStep } from './steps/identity-step.ts';
import { linkStep } from './steps/link-step.ts';
import { serverStep } from './steps/server-step.ts';
import { serviceStep } from './steps/service-step.ts';

/** What the reconciler of Brokers needs. */
export interface BrokerReconcilerDeps extends BrokerDeps {
  readonly watch: ObjectWatch<Broker>;
  readonly recorder: EventRecorder;
  /** Asks the hops of a probe, after everything else. */
  readonly probe: (context: BrokerContext, signal: AbortSignal) => Promise<void>;
}

/** Finalizer that published operators set. */
const publishedFinalizer = 'broker.meshery.io/finalizer';

/** Keeps the broker of each Broker as it is wanted. Everything hangs on owner references, so nothing is left to clean up. */
export function brokerReconciler(deps: BrokerReconcilerDeps): ObjectReconciler<Broker, BrokerContext> {
  const { watch, client, recorder, clock } = deps;
  return new ObjectReconciler<Broker, BrokerContext>({
    type: kinds.broker,
    watch,
    client,
    recorder,
    clock,
    context: brokerContext,
    steps: brokerSteps(deps),
    last: deps.probe,
    findings: findingsOf,
    finalizers: [publishedFinalizer],
    cleanUp: () => Promise.resolve(),
  });
}

function brokerSteps(deps: BrokerDeps): readonly Step<BrokerContext>[] {
  return [
    identityStep(deps),
    serviceStep(deps),
    certificateStep(deps),
    linkStep(deps),
    credentialStep(deps),
    serverStep(deps),
  ];
}

function findingsOf(context: BrokerContext): Findings {
  const { broker, encryption, internal, external, nats, readyServers, conditions, probe } = context;
  const before = broker.status;
  const endpoint = internal === undefined ? before?.endpoint : { internal, external: external ?? '' };
  return {
    status: {
      endpoint,
      tls: encryption ?? before?.tls,
      version: nats?.version ?? before?.version,
      readyServers: readyServers ?? before?.readyServers,
      probe: probe ?? before?.probe,
    },
    conditions,
  };
}
