import { ChangeType, encodeReply, toKubernetesResource, unpackBatch } from '@meshery/contracts';
import type { Batch } from '@meshery/contracts';
import { isMesheryError } from '@meshery/errors';
import type { Broker } from '@meshery/messaging';
import type { Clock, Logger } from '@meshery/observability';
import { BrokerSender } from './broker-sender.ts';
import { StoreAnswer } from './store-answer.ts';

/** What StoreCopies needs. */
export interface StoreCopiesDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Copies batches of the native form, while they pass by, for whoever asked for the store. */
export class StoreCopies {
  readonly #deps: StoreCopiesDeps;
  #answer: StoreAnswer | undefined;

  constructor(deps: StoreCopiesDeps) {
    this.#deps = deps;
  }

  /** The next snapshot of each of these kinds (resource keys) is sent to `reply`, in arrays of five. */
  begin(reply: string, kinds: readonly string[]): void {
    const { broker, clock } = this.#deps;
    const sender = BrokerSender.to(reply, broker, clock);
    this.#answer = new StoreAnswer(kinds, (part, signal) => this.#sendPart(sender, encodeReply(part), signal));
  }

  /** To be called with each batch, before it is sent. */
  async copy(batch: Batch, signal: AbortSignal): Promise<void> {
    const answer = this.#answer;
    if (answer === undefined) return;
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
