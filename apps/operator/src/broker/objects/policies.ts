import type { WantedObject } from '@meshery/kube/reconcile';
import { brokerSelector } from '../broker-names.ts';
import { ownedBy } from '../broker-context.ts';
import type { BrokerContext } from '../broker-context.ts';
import { natsPorts } from '../nats-config.ts';
import { isClustered } from './services.ts';

/** A node may be drained while the other servers go on; a single server may always be moved. */
export function disruptionBudget(context: BrokerContext): WantedObject {
  const { names } = context;
  return ownedBy(context, names.base, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: { maxUnavailable: 1, selector: { matchLabels: brokerSelector(names) } },
  });
}

const meshery = { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'meshery' } }, namespaceSelector: {} };
/** Label of the pods that published operators make. */
const publishedAgents = { podSelector: { matchLabels: { app: 'meshery' } }, namespaceSelector: {} };

function tcp(...ports: readonly number[]) {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}

/** Who reaches which port: clients 4222, the parts of Meshery 8222, the servers of the cluster each other's 6222. */
export function brokerNetworkPolicy(context: BrokerContext): WantedObject {
  const { names, spec } = context;
  const own = { podSelector: { matchLabels: brokerSelector(names) } };
  const { leafNodes, gateways } = spec.clustering ?? {};
  const open = [
    natsPorts.client,
    ...(leafNodes?.accept === true ? [natsPorts.leaf] : []),
    ...(gateways === undefined ? [] : [natsPorts.gateway]),
    ...(spec.exporter?.enabled === true ? [natsPorts.exporter] : []),
  ];
  return ownedBy(context, names.base, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: {
      podSelector: { matchLabels: brokerSelector(names) },
      policyTypes: ['Ingress'],
      ingress: [
        { ports: tcp(...open) },
        { ports: tcp(natsPorts.monitor), from: [meshery, publishedAgents, own] },
        ...(isClustered(context) ? [{ ports: tcp(natsPorts.cluster), from: [own] }] : []),
      ],
    },
  });
}
