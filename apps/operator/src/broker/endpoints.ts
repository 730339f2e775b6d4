import type { Service } from '../cluster/kinds.ts';
import { natsPorts } from './nats-config.ts';

/** Where a broker is reached, host:port. */
export interface Endpoints {
  readonly internal: string;
  /** Empty when it is not reached from outside, or not yet. */
  readonly external: string;
}

/** Where endpoints come from. */
export interface EndpointInput {
  readonly service: Service;
  /** Of the spec; stands for the external one whatever the Service says. */
  readonly override: string | undefined;
  /** An address of a node that clients outside reach; undefined when none is known. */
  readonly nodeAddress: string | undefined;
}

/** The endpoints of a client Service. Nothing is dialled. */
export function endpointsOf({ service, override, nodeAddress }: EndpointInput): Endpoints {
  const { name, namespace = 'default' } = service.metadata;
  const { clusterIP = '' } = service.spec ?? {};
  const port = clientPort(service);
  const headless = clusterIP === '' || clusterIP === 'None';
  const host = headless ? `${name}.${namespace}.svc.cluster.local` : clusterIP;
  return {
    internal: withPort(host, port?.port ?? natsPorts.client),
    external: override ?? externalOf(service, port, nodeAddress),
  };
}

type Port = NonNullable<NonNullable<Service['spec']>['ports']>[number];

function clientPort({ spec }: Service): Port | undefined {
  const ports = spec?.ports ?? [];
  return (
    ports.find(({ name }) => name === 'client' || name === 'nats') ??
    ports.find(({ port }) => port === natsPorts.client) ??
    ports[0]
  );
}

function externalOf(service: Service, port: Port | undefined, nodeAddress: string | undefined): string {
  switch (service.spec?.type) {
    case 'LoadBalancer':
      return endpoint(loadBalancerHost(service), port?.port ?? natsPorts.client);
    case 'NodePort':
      return endpoint(nodeAddress, port?.nodePort);
    default:
      return '';
  }
}

function loadBalancerHost({ status }: Service): string | undefined {
  const [ingress] = status?.loadBalancer?.ingress ?? [];
  return ingress?.ip ?? ingress?.hostname;
}

function endpoint(host: string | undefined, port: number | undefined): string {
  return host === undefined || port === undefined ? '' : withPort(host, port);
}

function withPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
