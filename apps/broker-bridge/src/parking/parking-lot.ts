import { randomUUID } from 'node:crypto';
import { parkedSubject } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import { parkedStream } from '@meshery/messaging';
import type { Broker } from '@meshery/messaging';

/** Why a message is parked; one label value of the metric each. */
export type ParkReason = 'malformed' | 'too-large' | 'foreign-cluster' | 'refused' | 'incomplete';

/** A message of no use. */
export interface ParkedMessage {
  readonly reason: ParkReason;
  /** In words, for a person. */
  readonly detail: string;
  readonly subject: string;
  readonly data: Uint8Array;
}

/** What a ParkingLot needs. */
export interface ParkingLotDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onParked: (reason: ParkReason) => void;
}

/** Of a larger message only the beginning is kept. */
const keptBytes = 256 * 1024;
const waitMs = 5000;

/** Keeps aside what cannot be used, with its reason, in a stream bounded by age and bytes; the rest flows. */
export class ParkingLot {
  readonly #deps: ParkingLotDeps;
  #count = 0;
  #last: ParkReason | undefined;

  constructor(deps: ParkingLotDeps) {
    this.#deps = deps;
  }

  /** What a person should know; empty while nothing was parked. */
  get note(): string {
    if (this.#last === undefined) return '';
    return `${String(this.#count)} messages parked since the start, the last one ${this.#last}: look at ${parkedSubject}`;
  }

  /** Resolves when the message is kept, or when it is certain that it cannot be: it is logged and counted either way. */
  async park(message: ParkedMessage): Promise<void> {
    const { reason, detail, subject, data } = message;
    this.#count += 1;
    this.#last = reason;
    this.#deps.onParked(reason);
    this.#deps.logger.warn({ reason, detail, subject, bytes: data.byteLength }, 'a message was parked');
    try {
      await this.#store(message);
    } catch (error) {
      this.#deps.logger.error({ err: error, reason, subject }, 'a parked message could not be kept');
    }
  }

  async #store(message: ParkedMessage): Promise<void> {
    const { broker } = this.#deps;
    const signal = AbortSignal.timeout(waitMs);
    await broker.ensureStream(parkedStream(), signal);
    const room = Math.min(keptBytes, Math.max(0, broker.maxPayload - 8192));
    await broker.publishDurable(parkedSubject, message.data.subarray(0, room), {
      messageId: randomUUID(),
      signal,
      headers: {
        'Meshery-Reason': message.reason,
        'Meshery-Detail': message.detail.slice(0, 512),
        'Meshery-Subject': message.subject,
        'Meshery-Bytes': String(message.data.byteLength),
        'Meshery-Parked-At': new Date(this.#deps.clock.now()).toISOString(),
      },
    });
  }
}
