import { randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { NatsDial } from '@meshery/messaging';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EgressClient } from '../../egress/egress-client.ts';
import type { Providers } from '../../provider/providers.ts';
import { brokenHop } from './broken-hop.ts';
import { dialBroker } from './broker-dial.ts';
import { brokerOfCluster } from './broker-place.ts';
import type { BrokerPlace } from './broker-place.ts';
import { AskedDriver } from './asked-driver.ts';
import type { ProbeAnswer } from './connection-driver.ts';
import { tiedKey } from './tied-cluster.ts';
import type { TiedClusters } from './tied-cluster.ts';

/** What brokers are reached with. */
export interface BrokerDriverParts {
  readonly egress: EgressClient;
  readonly providers: Providers;
  readonly clusters: TiedClusters;
}

const echoMs = 2000;

/** Brokers: this server dials them itself, at the address that their clients outside of the cluster use. */
export class BrokerDriver extends AskedDriver {
  readonly #parts: BrokerDriverParts;

  constructor(parts: BrokerDriverParts) {
    super();
    this.#parts = parts;
  }

  async probe(ctx: RequestContext, connection: Connection): Promise<ProbeAnswer> {
    return this.#use(ctx, connection, ({ version }) => Promise.resolve({ version, facts: { version } }));
  }

  /** What is published comes back within two seconds. */
  async check(ctx: RequestContext, connection: Connection): Promise<void> {
    const nonce = randomUUID();
    const subject = `meshery.probe.${nonce}`;
    const accepts = (data: Uint8Array): boolean => Buffer.from(data).toString('utf8') === nonce;
    await this.#use(ctx, connection, (dial) =>
      dial.exchange({ subject, data: nonce, answerOn: subject, accepts, timeoutMs: echoMs }).catch((error: unknown) => {
        throw silent(connection, error);
      }),
    );
  }

  async #use<T>(ctx: RequestContext, connection: Connection, work: (dial: NatsDial) => Promise<T>): Promise<T> {
    const dial = await dialBroker(this.#parts.egress, await this.#place(ctx, connection));
    try {
      return await work(dial);
    } finally {
      await dial.close();
    }
  }

  /** What its operator made for a broker goes to the endpoint of that broker only, whatever URL somebody entered. */
  async #place(ctx: RequestContext, connection: Connection): Promise<BrokerPlace> {
    const { clusters, providers } = this.#parts;
    const { metadata, url, credentialId } = connection;
    if (metadata[tiedKey] !== undefined) {
      return clusters.use(ctx, connection, ({ client }) => brokerOfCluster(client, ctx.signal));
    }
    if (!/^(nats|tls):/.test(url)) throw withoutUrl(connection);
    const { secret, ca } =
      typeof credentialId === 'string' ? await providers.of(ctx).credentials.open(ctx, credentialId) : {};
    return { url, token: typeof secret === 'string' ? secret : '', ca: typeof ca === 'string' ? ca : undefined };
  }
}

function withoutUrl({ name }: Connection): MesheryError {
  return new MesheryError('meshery-core-1001', `It is not known where the broker "${name}" is.`, {
    probableCause: 'A broker is reached by its URL, or through the connection to its cluster.',
    remedy: `Give the connection a "url" such as nats://broker.example.com:4222, or "${tiedKey}" in its metadata.`,
  });
}

function silent({ name }: Connection, cause: unknown): Error {
  return brokenHop({
    step: 'nats',
    message: `What was published to the broker "${name}" did not come back within ${String(echoMs / 1000)} s.`,
    probableCause: 'Its user may not use the subjects meshery.probe.>, or the broker is overloaded.',
    remedy: 'Use the credentials of the bridge, and look at the load of the broker.',
    cause,
  });
}
