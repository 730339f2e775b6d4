import type { ObjectMeta } from '@meshery/kube/reconcile';

/** Names of everything that belongs to one Broker. */
export interface BrokerNames {
  readonly namespace: string;
  /** Of StatefulSet and client Service, and beginning of all others. */
  readonly base: string;
  readonly headless: string;
  readonly monitor: string;
  /** Secret with the agents' credentials, key `token`. */
  readonly auth: string;
  /** Secret with the credentials of bridge and server, key `token`. */
  readonly bridge: string;
  /** Secret with the credentials of leaf nodes, key `credentials`. */
  readonly leaf: string;
  /** Secret with the configuration of nats-server and the book of credentials. */
  readonly config: string;
  /** Secret with the key of the operator's own authority. */
  readonly authority: string;
  /** Secret with the authority's certificate, key `ca.crt`: for clients. */
  readonly ca: string;
  /** Secret with certificate and key of the servers. */
  readonly tls: string;
  /** Secret with those that the servers of one cluster show each other, and with their authority. */
  readonly routes: string;
}

/** A CR of this name has the names that published servers and agents look for. */
const publishedName = 'meshery-broker';

/** Names derived from the Broker's own, so that several live in one namespace. */
export function brokerNames({ name, namespace = 'default' }: ObjectMeta): BrokerNames {
  const base = name === publishedName ? 'meshery-nats' : `${name}-nats`;
  const withSuffix = (suffix: string): string => `${base}-${suffix}`;
  return {
    namespace,
    base,
    headless: withSuffix('headless'),
    monitor: withSuffix('monitor'),
    auth: withSuffix('auth'),
    bridge: withSuffix('bridge'),
    leaf: withSuffix('leaf'),
    config: withSuffix('config'),
    authority: withSuffix('authority'),
    ca: withSuffix('ca'),
    tls: withSuffix('tls'),
    routes: withSuffix('routes'),
  };
}

/** Labels that select the pods of one Broker; those of published operators. */
export function brokerSelector({ base }: BrokerNames): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'nats',
    'app.kubernetes.io/instance': base,
    'app.kubernetes.io/component': 'nats',
  };
}
