import { fromKubernetesResource, parseEnvelope, resourceKeyOf } from '@meshery/contracts';
import type { Envelope, PublishedChange } from '@meshery/contracts';
import { encodeRequest, publishedSubjects, speaksNativeHeader } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import type { Broker, BrokerMessage } from '@meshery/messaging';
import type { ClusterBinding } from '../link/cluster-binding.ts';
import type { ParkingLot } from '../parking/parking-lot.ts';
import type { PublishedRun } from './published-run.ts';

/** Header of our agent on published messages: its values are plain, not escaped. */
export const plainValuesHeader = 'Meshery-Plain-Values';

/** What a PublishedFlow needs. */
export interface PublishedFlowDeps {
  readonly broker: Broker;
  readonly binding: ClusterBinding;
  readonly parking: ParkingLot;
  readonly run: PublishedRun;
  readonly clock: Clock;
  readonly logger: Logger;
  /** True when a native agent is heard here: it wins, published messages are ignored. */
  readonly nativeSeen: () => boolean;
}

/** Takes the per-object messages of a published agent and runs them as a run of their own. */
export class PublishedFlow {
  readonly #deps: PublishedFlowDeps;
  #ignored = 0;

  constructor(deps: PublishedFlowDeps) {
    this.#deps = deps;
  }

  /** Messages ignored because a native agent serves this cluster. */
  get ignored(): number {
    return this.#ignored;
  }

  /** Begins to listen; asks the agent for everything it has at each connection and after every loss. */
  start(signal: AbortSignal): void {
    const { broker } = this.#deps;
    for (const subject of [publishedSubjects.core, publishedSubjects.store]) {
      broker.subscribe(subject, (message) => this.onMessage(message), { signal, maxPending: 20_000 });
    }
    const stop = broker.onEvent((event) => {
      if (event.type === 'connected' || event.type === 'slow-consumer') this.resync(event.type);
    });
    signal.addEventListener('abort', stop, { once: true });
    this.resync('start');
  }

  /** Asks for a new discovery and for the agent's present objects. */
  resync(reason: string): void {
    const { broker, run, logger } = this.#deps;
    run.expectEverything();
    try {
      const headers = { [speaksNativeHeader]: '1' };
      const store = { Reply: publishedSubjects.store };
      broker.publish(publishedSubjects.request, encodeRequest('resync-discovery', null), { headers });
      broker.publish(publishedSubjects.request, encodeRequest('informer-store', store), { headers });
    } catch (error) {
      logger.debug({ err: error, reason }, 'a published agent cannot be asked now; it is asked at the next connection');
    }
  }

  async onMessage(message: BrokerMessage): Promise<void> {
    if (this.#deps.nativeSeen()) {
      this.#ignored += 1;
      return;
    }
    const parsed = parseEnvelope(message.data);
    if (!parsed.ok)
      return this.#park(message, parsed.reason, message.data.byteLength > 1024 ** 2 ? 'too-large' : 'malformed');
    await this.#onEnvelope(message, parsed.value);
  }

  async #onEnvelope(message: BrokerMessage, envelope: Envelope): Promise<void> {
    const objects = Array.isArray(envelope.Object) ? (envelope.Object as unknown[]) : [envelope.Object];
    const escapedValues = message.headers[plainValuesHeader] === undefined;
    const eventType = envelope.EventType === '' ? 'ADDED' : envelope.EventType;
    if (eventType === 'ERROR' || eventType === 'RESYNC') return;
    for (const object of objects) {
      const change = fromKubernetesResource(eventType, object, { escapedValues });
      if (change.ok) await this.#onChange(message, change.value);
      else await this.#park(message, change.reason, 'malformed');
    }
  }

  async #onChange(message: BrokerMessage, { clusterId, change }: PublishedChange): Promise<void> {
    const refusal = this.#deps.binding.whyForeign(clusterId);
    if (refusal !== undefined) return this.#park(message, refusal, 'foreign-cluster');
    await this.#deps.run.take(clusterId, resourceKeyOf(change.apiVersion, change.kind), change);
  }

  async #park(
    message: BrokerMessage,
    detail: string,
    reason: 'malformed' | 'too-large' | 'foreign-cluster',
  ): Promise<void> {
    await this.#deps.parking.park({ reason, detail, subject: message.subject, data: message.data });
  }
}
