import { ChangeType, encodeReply, toKubernetesResource, unpackBatch } from '@meshery/contracts';
import type {
  Allocate,
  Batch,
  BatchOutcome,
  IngestControl,
  IngestPort,
  OpenRunRequest,
  OpenRunResponse,
} from '@meshery/contracts';
import { isMesheryError } from '@meshery/errors';
import type { Broker } from '@meshery/messaging';
import type { Clock, Logger } from '@meshery/observability';
import type { PublishedPort } from '../published/published-port.ts';
import { BrokerSender } from './broker-sender.ts';
import { StoreAnswer } from './store-answer.ts';

/** What an AgentTap needs. */
export interface AgentTapDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Sits between the agent and its port, so that requests can ask the running agent for everything again, and copy it for
 * whoever asked.
 */
export class AgentTap implements IngestPort {
  readonly packsInto?: Allocate;
  readonly #port: IngestPort;
  readonly #published: PublishedPort | undefined;
  readonly #deps: AgentTapDeps;
  readonly #clusterListeners = new Set<(clusterId: string) => void>();
  #clusterId: string | undefined;
  #onControl: ((control: IngestControl) => void) | undefined;
  #answer: StoreAnswer | undefined;

  /** `published` when the port is that one: it answers `informer-store` by itself. */
  constructor(port: IngestPort, deps: AgentTapDeps, published?: PublishedPort) {
    this.#port = port;
    this.#deps = deps;
    this.#published = published;
    if (port.packsInto !== undefined) this.packsInto = port.packsInto;
  }

  /** True when what is found is sent in the native form. */
  get native(): boolean {
    return this.#published === undefined;
  }

  /** The cluster that is being discovered; undefined until it is known. */
  get clusterId(): string | undefined {
    return this.#clusterId;
  }

  /** Called at once and whenever another cluster is being discovered. */
  onCluster(listener: (clusterId: string) => void): void {
    this.#clusterListeners.add(listener);
    if (this.#clusterId !== undefined) listener(this.#clusterId);
  }

  /** Every object is sent again; false when nothing is being discovered yet. */
  resync(reason: string): boolean {
    this.#onControl?.({ type: 'snapshot-all', reason });
    return this.#onControl !== undefined;
  }

  /** Every object of these kinds (resource keys) is sent to `reply`, in arrays of five. */
  sendStore(reply: string, kinds: readonly string[]): void {
    if (this.#published !== undefined) {
      this.#published.sendStore(reply);
      return;
    }
    const { broker, clock } = this.#deps;
    const sender = BrokerSender.to(reply, broker, clock);
    this.#answer = new StoreAnswer(kinds, (part, signal) => this.#sendPart(sender, encodeReply(part), signal));
    this.resync('informer-store');
  }

  openRun(request: OpenRunRequest, signal: AbortSignal): Promise<OpenRunResponse> {
    if (request.clusterId !== this.#clusterId) {
      this.#clusterId = request.clusterId;
      for (const listener of this.#clusterListeners) listener(request.clusterId);
    }
    return this.#port.openRun(request, signal);
  }

  controls(clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    this.#onControl = onControl;
    return this.#port.controls(clusterId, onControl, signal);
  }

  async send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    if (this.#answer !== undefined) await this.#copy(this.#answer, batch, signal);
    return this.#port.send(batch, signal);
  }

  async #copy(answer: StoreAnswer, batch: Batch, signal: AbortSignal): Promise<void> {
    const { kind, body, clusterId } = batch;
    if (body?.$case === 'snapshotBegin') answer.begin(kind);
    else if (body?.$case === 'snapshotEnd') await answer.end(kind, signal);
    else if (answer.wants(kind)) {
      const unpacked = unpackBatch(batch).body;
      for (const change of unpacked?.$case === 'changes' ? unpacked.value.objects : []) {
        if (change.type !== ChangeType.CHANGE_TYPE_UPSERT) continue;
        await answer.add(toKubernetesResource(change.json, clusterId), signal);
      }
    }
    if (answer.complete && this.#answer === answer) this.#answer = undefined;
  }

  async #sendPart(sender: BrokerSender, text: string, signal: AbortSignal): Promise<void> {
    try {
      await sender.send(text, signal);
    } catch (error) {
      if (!isMesheryError(error) || error.code !== 'meshery-messaging-1502') throw error;
      this.#deps.logger.error({ err: error, code: error.code }, 'objects are too large for the published form');
    }
  }
}
