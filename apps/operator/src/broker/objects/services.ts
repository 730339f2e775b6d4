import type { WantedObject } from '@meshery/kube/reconcile';
import { brokerSelector } from '../broker-names.ts';
import { ownedBy } from '../broker-context.ts';
import type { BrokerContext } from '../broker-context.ts';
import { natsPorts } from '../nats-config.ts';

interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly protocol: 'TCP';
}

function port(name: string, number: number): Port {
  return { name, port: number, targetPort: name, protocol: 'TCP' };
}

/** Whether clients outside of the cluster get in through the Service itself. */
export function isExposed({ spec }: BrokerContext): boolean {
  return spec.service?.type === 'NodePort' || spec.service?.type === 'LoadBalancer';
}

/** The Service that clients use. Published agents ask 8222 beside 4222; it is never open to the outside. */
export function clientService(context: BrokerContext): WantedObject {
  const { spec, names } = context;
  const { type, annotations, loadBalancerClass, loadBalancerSourceRanges } = spec.service ?? {};
  const service = ownedBy(context, names.base, {
    apiVersion: 'v1',
    kind: 'Service',
    spec: {
      type: type === undefined || type === '' ? 'ClusterIP' : type,
      selector: brokerSelector(names),
      // Servers of a super-cluster are not ready before they found each other, by this Service.
      ...(spec.clustering?.gateways === undefined ? {} : { publishNotReadyAddresses: true }),
      ports: [
        port('nats', natsPorts.client),
        ...(isExposed(context) ? [] : [port('monitor', natsPorts.monitor)]),
        ...joiningPorts(context),
      ],
      ...(loadBalancerClass === undefined ? {} : { loadBalancerClass }),
      ...(loadBalancerSourceRanges === undefined ? {} : { loadBalancerSourceRanges }),
    },
  });
  return annotations === undefined ? service : { ...service, metadata: { ...service.metadata, annotations } };
}

/** Names of its own for each server, known before the server is ready. */
export function headlessService(context: BrokerContext): WantedObject {
  const { names } = context;
  return ownedBy(context, names.headless, {
    apiVersion: 'v1',
    kind: 'Service',
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: brokerSelector(names),
      ports: [
        port('nats', natsPorts.client),
        port('monitor', natsPorts.monitor),
        ...(isClustered(context) ? [port('cluster', natsPorts.cluster)] : []),
        ...joiningPorts(context),
        ...(context.spec.exporter?.enabled === true ? [port('metrics', natsPorts.exporter)] : []),
      ],
    },
  });
}

/** Where 8222 is when the client Service is open to the outside. */
export function monitorService(context: BrokerContext): WantedObject {
  const { names } = context;
  return ownedBy(context, names.monitor, {
    apiVersion: 'v1',
    kind: 'Service',
    spec: { type: 'ClusterIP', selector: brokerSelector(names), ports: [port('monitor', natsPorts.monitor)] },
  });
}

/** Servers of a cluster or super-cluster have routes among themselves. */
export function isClustered({ size, spec }: BrokerContext): boolean {
  return size > 1 || spec.clustering?.gateways !== undefined;
}

function joiningPorts({ spec }: BrokerContext): readonly Port[] {
  const { leafNodes, gateways } = spec.clustering ?? {};
  return [
    ...(leafNodes?.accept === true ? [port('leafnodes', natsPorts.leaf)] : []),
    ...(gateways === undefined ? [] : [port('gateway', natsPorts.gateway)]),
  ];
}
