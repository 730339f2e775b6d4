import { connect } from 'node:net';
import type { LookupFunction } from 'node:net';
import { MesheryError, isMesheryError } from '@meshery/errors';
import { parseNatsAddress } from '@meshery/messaging';
import { guardedLookup, requireEgressOf } from '@meshery/security/egress';
import type { ResolveName } from '@meshery/security/egress';
import { anywhere } from './anywhere.ts';
import type { BrokerObject } from './broker-object.ts';

/** Where the bridge runs, as far as it matters for the way to a broker. */
export interface Vantage {
  /** The bridge runs in the broker's cluster. */
  readonly inCluster: boolean;
  /** Brokers may be reached through the API server. */
  readonly mayForward: boolean;
  /** Milliseconds an endpoint may take to accept a connection. */
  readonly probeMs: number;
}

/** The way to a broker. */
export type BrokerWay = { readonly type: 'direct'; readonly endpoint: string } | { readonly type: 'forward' };

/**
 * The internal endpoint within the cluster, else the external one if something answers there, else a port-forward where
 * it is allowed. Rejects with `meshery-messaging-1509` when there is no way, and with `meshery-connection-1704` when
 * the only one is an address that is never called.
 */
export async function chooseWay(broker: BrokerObject, vantage: Vantage, resolve?: ResolveName): Promise<BrokerWay> {
  const { inCluster, mayForward } = vantage;
  const endpoint = checked(inCluster ? broker.internal : broker.external);
  try {
    const found = endpoint === undefined ? undefined : await allowed(endpoint, vantage, resolve);
    if (found !== undefined) return { type: 'direct', endpoint: found };
  } catch (error) {
    if (inCluster || !mayForward) throw refused(broker.key, error);
  }
  if (!inCluster && mayForward) return { type: 'forward' };
  throw noWay(broker.key, endpoint, inCluster);
}

/** Where an endpoint is to be dialled; undefined when nothing answers there. Rejects when it is never called. */
async function allowed(
  endpoint: string,
  { inCluster, probeMs }: Vantage,
  resolve?: ResolveName,
): Promise<string | undefined> {
  requireEgressOf(`nats://${endpoint}`, anywhere);
  // The cluster knows its own Services, and which of their addresses answer.
  return inCluster ? endpoint : answering(endpoint, { probeMs, lookup: guardedLookup(anywhere, resolve) });
}

/** "host:port" comes from another cluster: nothing but a host and a port may be in it. */
function checked(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined || /[\s/@]/.test(endpoint)) return undefined;
  try {
    return parseNatsAddress(endpoint).server;
  } catch {
    return undefined;
  }
}

/** How an endpoint is tried. */
interface Trial {
  readonly probeMs: number;
  readonly lookup: LookupFunction;
}

/**
 * The address behind an endpoint that answers: it is what is dialled from now on, as its name may mean another one by
 * then. Undefined when none does; rejects when the name means one that is never called.
 */
function answering(endpoint: string, { probeMs, lookup }: Trial): Promise<string | undefined> {
  const { hostname, port } = new URL(`nats://${endpoint}`);
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port), timeout: probeMs, lookup });
  socket.once('connect', () => {
    const { remoteAddress: address = host, remoteFamily } = socket;
    resolve(`${remoteFamily === 'IPv6' ? `[${address}]` : address}:${port}`);
    socket.destroy();
  });
  socket.once('timeout', () => {
    resolve(undefined);
    socket.destroy();
  });
  socket.once('error', (error) => {
    if (isMesheryError(error)) reject(error);
    else resolve(undefined);
  });
  return promise;
}

function refused(key: string, cause: unknown): MesheryError {
  const said = isMesheryError(cause) ? cause.message : String(cause);
  return new MesheryError('meshery-connection-1704', `The endpoint of the Broker ${key} is not dialled: ${said}`, {
    probableCause: 'Its status names an address that gives credentials of the machine away, or none of a server.',
    remedy:
      'Set spec.service of the Broker so that it has another address, or allow MESHERY_MANAGED_BROKER_PORTFORWARD.',
    details: { broker: key },
    cause,
  });
}

function noWay(key: string, endpoint: string | undefined, inCluster: boolean): MesheryError {
  const message =
    endpoint === undefined
      ? `The Broker ${key} names no ${inCluster ? 'internal' : 'external'} endpoint.`
      : `The endpoint ${endpoint} of the Broker ${key} does not answer.`;
  return new MesheryError('meshery-messaging-1509', message, {
    probableCause: inCluster
      ? 'The operator has not made the Service yet.'
      : 'Its Service is not reachable from here, and port-forwards are switched off.',
    remedy: inCluster
      ? 'Look at the conditions of the Broker: kubectl describe brokers.meshery.io.'
      : 'Set spec.service.type to NodePort or LoadBalancer, or allow MESHERY_MANAGED_BROKER_PORTFORWARD.',
    details: { broker: key, endpoint },
  });
}
