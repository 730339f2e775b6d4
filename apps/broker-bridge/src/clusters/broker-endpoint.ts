import { connect } from 'node:net';
import { MesheryError } from '@meshery/errors';
import { parseNatsAddress } from '@meshery/messaging';
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
 * it is allowed. Rejects with `meshery-messaging-1509` when there is no way.
 */
export async function chooseWay(broker: BrokerObject, vantage: Vantage): Promise<BrokerWay> {
  const { inCluster, mayForward, probeMs } = vantage;
  const endpoint = checked(inCluster ? broker.internal : broker.external);
  if (inCluster && endpoint !== undefined) return { type: 'direct', endpoint };
  if (!inCluster && endpoint !== undefined && (await answers(endpoint, probeMs))) return { type: 'direct', endpoint };
  if (!inCluster && mayForward) return { type: 'forward' };
  throw noWay(broker.key, endpoint, inCluster);
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

function answers(endpoint: string, probeMs: number): Promise<boolean> {
  const { hostname, port } = new URL(`nats://${endpoint}`);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), timeout: probeMs });
  const finish = (answer: boolean) => () => {
    socket.destroy();
    resolve(answer);
  };
  socket.once('connect', finish(true)).once('timeout', finish(false)).once('error', finish(false));
  return promise;
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
