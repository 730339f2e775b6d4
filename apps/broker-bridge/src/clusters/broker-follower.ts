import { createHash } from 'node:crypto';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import { backoffDelay } from '@meshery/kube';
import type { Clock, Logger } from '@meshery/observability';
import type { LinkSpec, SourceCondition } from '../sources/link-source.ts';
import { readBrokerCredentials } from './broker-credentials.ts';
import type { BrokerCredentials } from './broker-credentials.ts';
import { chooseWay } from './broker-endpoint.ts';
import type { BrokerWay, Vantage } from './broker-endpoint.ts';
import type { BrokerObject } from './broker-object.ts';
import { PortForward } from './port-forward.ts';
import type { ClusterApi } from './port-forward.ts';

/** What a BrokerFollower needs. */
export interface BrokerFollowerDeps {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly vantage: Vantage;
  /** Undefined while the API server is out of reach. */
  readonly api: () => ClusterApi | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly onChange: () => void;
}

/** Milliseconds between two looks at the credentials while the link has its broker. */
const steadyMs = 60_000;
/** Between two looks while it has not, growing. */
const searching = { minMs: 1000, maxMs: 30_000 };

/**
 * Keeps the link of one Broker right: reads the credentials again, regularly and as soon as the broker is lost, and
 * looks for another way to it then. What is known stays while the API server is out of reach.
 */
export class BrokerFollower {
  readonly #deps: BrokerFollowerDeps;
  #broker: BrokerObject;
  #wake = Promise.withResolvers<void>();
  #link: LinkSpec | undefined;
  #way: BrokerWay | undefined;
  #forward: PortForward | undefined;
  #condition: SourceCondition | undefined;
  #connected = false;
  #searches = 0;

  constructor(broker: BrokerObject, deps: BrokerFollowerDeps) {
    this.#broker = broker;
    this.#deps = deps;
  }

  /** Undefined until there was a way to the broker once. */
  get link(): LinkSpec | undefined {
    return this.#link;
  }

  get condition(): SourceCondition | undefined {
    return this.#condition;
  }

  /** The resource changed. */
  update(broker: BrokerObject): void {
    if (placeOf(broker) !== placeOf(this.#broker)) this.#way = undefined;
    this.#broker = broker;
    this.look();
  }

  /** Looks again now. */
  look(): void {
    this.#searches = 0;
    this.#wake.resolve();
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        this.#wake = Promise.withResolvers();
        await this.#lookOnce(signal);
        // Not more often, whatever is going on.
        await this.#deps.clock.sleep(searching.minMs / 2, signal);
        await this.#pause(signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#forward?.close();
    }
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#deps;
    this.#searches += 1;
    const ms = this.#connected ? steadyMs * (0.75 + random() / 2) : backoffDelay(this.#searches, searching, random);
    const timer = new AbortController();
    const sleeping = clock.sleep(ms, AbortSignal.any([signal, timer.signal])).catch(() => undefined);
    await Promise.race([this.#wake.promise, sleeping]);
    timer.abort();
  }

  async #lookOnce(signal: AbortSignal): Promise<void> {
    const api = this.#deps.api();
    if (api === undefined) return;
    try {
      const credentials = await readBrokerCredentials(api.client, this.#broker, signal);
      this.#adopt(await this.#endpoint(), credentials);
      this.#setCondition(this.#connected ? undefined : this.#forward?.fault);
    } catch (error) {
      if (signal.aborted) return;
      this.#setCondition(toMesheryError(error));
    }
  }

  async #endpoint(): Promise<string> {
    if (this.#way === undefined || !this.#connected) this.#way = await chooseWay(this.#broker, this.#deps.vantage);
    if (this.#way.type === 'forward') {
      this.#forward ??= await PortForward.open({ ...this.#deps, broker: this.#broker });
      return this.#forward.endpoint;
    }
    this.#forward?.close();
    this.#forward = undefined;
    return this.#way.endpoint;
  }

  #adopt(endpoint: string, credentials: BrokerCredentials): void {
    const { clusterName, clusterId, onChange } = this.#deps;
    const fingerprint = hashOf([clusterId, endpoint, credentials]);
    if (fingerprint === this.#link?.fingerprint) return;
    this.#connected = false;
    const { key, base, namespace } = this.#broker;
    this.#link = {
      name: `${clusterName}/${key}`,
      identity: `${clusterId}/${key}`,
      fingerprint,
      clusterId,
      clusterName,
      mode: 'auto',
      broker: brokerOptions(endpoint, credentials, `${base}.${namespace}.svc`),
      onBroker: (connected) => {
        if (fingerprint === this.#link?.fingerprint) this.#onBroker(connected);
      },
    };
    onChange();
  }

  #onBroker(connected: boolean): void {
    const lost = this.#connected && !connected;
    this.#connected = connected;
    // What kept it from its broker is over; the next look may be half a minute away.
    if (connected) this.#setCondition(undefined);
    if (lost) this.look();
  }

  #setCondition(error: MesheryError | undefined): void {
    if (error?.message === this.#condition?.reason) return;
    this.#condition = error === undefined ? undefined : { code: error.code, reason: error.message };
    this.#deps.onChange();
  }
}

/** The certificate names the Service; the endpoint may be an address or a port of ours. */
function brokerOptions(endpoint: string, { token, ca }: BrokerCredentials, servername: string): LinkSpec['broker'] {
  const url = `nats://${endpoint}`;
  return { url, token: () => token, ...(ca === undefined ? {} : { tls: { ca, servername } }) };
}

function placeOf({ internal, external, base }: BrokerObject): string {
  return JSON.stringify([internal, external, base]);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
