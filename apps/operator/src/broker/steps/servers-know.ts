import type { KubeObject } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import { askBroker } from '../../probe/broker-hop.ts';
import { brokerSelector } from '../broker-names.ts';
import type { BrokerContext } from '../broker-context.ts';
import { natsPorts } from '../nats-config.ts';
import type { BrokerDeps } from './broker-deps.ts';

interface Pod extends KubeObject {
  readonly status?: { readonly podIP?: string };
}

/** Longest wait for one server; all are asked together. */
const askMs = 2000;
const refused = 'meshery-messaging-1506';

/**
 * Whether no server refuses these credentials: a changed Secret reaches pods a minute or so after it was written. One
 * that does not answer is not waited for; it reads its configuration when it starts.
 */
export async function serversKnow(
  { client, clock }: BrokerDeps,
  context: BrokerContext,
  token: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { names, tls, caCert: ca } = context;
  const { base, namespace } = names;
  const labelSelector = Object.entries(brokerSelector(names))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const pods = await client.list<Pod>(kinds.pod, { namespace, labelSelector }, signal);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(askMs)]);
  const asked = pods.flatMap(({ status }) => {
    if (status?.podIP === undefined) return [];
    const host = status.podIP.includes(':') ? `[${status.podIP}]` : status.podIP;
    const address = `${host}:${String(natsPorts.client)}`;
    return [
      askBroker({ address, token, ca, tls: tls !== 'off', servername: `${base}.${namespace}.svc`, clock }, limit),
    ];
  });
  return !(await Promise.all(asked)).some((fault) => fault?.code === refused);
}
