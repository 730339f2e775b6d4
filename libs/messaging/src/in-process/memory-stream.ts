import type { Clock } from '@meshery/observability';
import type {
  ConsumerHandler,
  ConsumerSpec,
  DurableMessage,
  Headers,
  StoredAck,
  StreamSpec,
  StreamState,
} from '../broker.ts';
import { notAcknowledged } from '../broker-errors.ts';
import { subjectMatches } from './subject-match.ts';

interface Stored {
  readonly sequence: number;
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: Headers;
  readonly storedAt: number;
}

interface Delivery {
  deliveries: number;
  /** Monotonic time at which the message may be delivered; infinite while in flight and settled in time. */
  dueAt: number;
  inFlight: boolean;
}

/** A consumer of a stream in memory. */
interface Session {
  readonly spec: ConsumerSpec;
  readonly handler: ConsumerHandler;
  readonly deliveries: Map<number, Delivery>;
}

/** A stream in memory with the semantics of a durable one: order, duplicate window, limits, redelivery. */
export class MemoryStream {
  readonly #messages = new Map<number, Stored>();
  readonly #ids = new Map<string, { readonly sequence: number; readonly at: number }>();
  readonly #clock: Clock;
  readonly #createdAt: number;
  #spec: StreamSpec;
  #session: Session | undefined;
  #lastSequence = 0;
  #bytes = 0;
  #wake = Promise.withResolvers<void>();

  constructor(spec: StreamSpec, clock: Clock) {
    this.#spec = spec;
    this.#clock = clock;
    this.#createdAt = clock.now();
  }

  get spec(): StreamSpec {
    return this.#spec;
  }

  adapt(spec: StreamSpec): StreamState {
    this.#spec = spec;
    return {
      createdAtUnixMs: this.#createdAt,
      messages: this.#messages.size,
      bytes: this.#bytes,
      lastSequence: this.#lastSequence,
    };
  }

  store(subject: string, data: Uint8Array, headers: Headers, messageId: string): StoredAck {
    this.#forgetOld();
    const known = this.#ids.get(messageId);
    if (known !== undefined) return { sequence: known.sequence, duplicate: true };
    this.#makeRoom(data.byteLength);
    this.#lastSequence += 1;
    const stored = { sequence: this.#lastSequence, subject, data, headers, storedAt: this.#clock.monotonic() };
    this.#messages.set(stored.sequence, stored);
    this.#ids.set(messageId, { sequence: stored.sequence, at: stored.storedAt });
    this.#bytes += data.byteLength;
    this.#wakeUp();
    return { sequence: stored.sequence, duplicate: false };
  }

  /** Delivers until the signal aborts; a second consumer takes the place of the first. */
  async consume(spec: ConsumerSpec, handler: ConsumerHandler, signal: AbortSignal): Promise<void> {
    const session: Session = { spec, handler, deliveries: new Map() };
    this.#session = session;
    handler.onStart();
    const onAbort = (): void => {
      this.#wakeUp();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    while (!signal.aborted && this.#session === session) {
      const woken = this.#wake.promise;
      const nextDue = this.#deliverDue(session);
      const timer = new AbortController();
      const due = nextDue === undefined ? woken : this.#clock.sleep(nextDue, timer.signal).catch(() => undefined);
      await Promise.race([woken, due]);
      timer.abort();
    }
    signal.removeEventListener('abort', onAbort);
  }

  /** Delivers what is due and fits; answers the milliseconds until something else is, undefined for "only when woken". */
  #deliverDue(session: Session): number | undefined {
    this.#forgetOld();
    const now = this.#clock.monotonic();
    let nextDue: number | undefined;
    for (const stored of [...this.#messages.values()]) {
      if (!subjectMatches(session.spec.subject ?? '>', stored.subject)) continue;
      const delivery = session.deliveries.get(stored.sequence) ?? { deliveries: 0, dueAt: now, inFlight: false };
      if (delivery.dueAt > now) {
        nextDue = Math.min(nextDue ?? Infinity, delivery.dueAt - now);
        continue;
      }
      if (!delivery.inFlight && inFlight(session) >= session.spec.maxInFlight) continue;
      this.#deliver(session, stored, delivery);
      nextDue = Math.min(nextDue ?? Infinity, session.spec.ackWaitMs);
    }
    return nextDue;
  }

  #deliver(session: Session, stored: Stored, delivery: Delivery): void {
    delivery.deliveries += 1;
    delivery.inFlight = true;
    delivery.dueAt = this.#clock.monotonic() + session.spec.ackWaitMs;
    session.deliveries.set(stored.sequence, delivery);
    session.handler.onMessage(this.#durable(session, stored, delivery));
  }

  #durable(session: Session, stored: Stored, delivery: Delivery): DurableMessage {
    const turn = delivery.deliveries;
    const settle = (action: () => void): void => {
      if (this.#session !== session && session.deliveries.get(stored.sequence)?.deliveries !== turn) return;
      action();
      this.#wakeUp();
    };
    const forget = (): void => {
      settle(() => {
        this.#remove(stored);
        session.deliveries.delete(stored.sequence);
      });
    };
    return {
      subject: stored.subject,
      data: stored.data,
      headers: stored.headers,
      sequence: stored.sequence,
      deliveries: turn,
      ack: forget,
      term: forget,
      nak: (delayMs = 0) => {
        settle(() => {
          delivery.inFlight = false;
          delivery.dueAt = this.#clock.monotonic() + delayMs;
        });
      },
      working: () => {
        settle(() => {
          delivery.dueAt = this.#clock.monotonic() + session.spec.ackWaitMs;
        });
      },
    };
  }

  #makeRoom(bytes: number): void {
    while (this.#bytes + bytes > this.#spec.maxBytes) {
      const oldest = this.#messages.values().next().value;
      if (oldest === undefined || this.#spec.whenFull === 'refuse') {
        throw notAcknowledged('maximum bytes exceeded', { stream: this.#spec.name });
      }
      this.#remove(oldest);
    }
  }

  #remove(stored: Stored): void {
    if (this.#messages.delete(stored.sequence)) this.#bytes -= stored.data.byteLength;
  }

  #forgetOld(): void {
    const now = this.#clock.monotonic();
    for (const [id, entry] of this.#ids) {
      if (now - entry.at <= this.#spec.duplicateWindowMs) break;
      this.#ids.delete(id);
    }
    for (const stored of this.#messages.values()) {
      if (now - stored.storedAt <= this.#spec.maxAgeMs) break;
      this.#remove(stored);
    }
  }

  #wakeUp(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}

function inFlight(session: Session): number {
  let count = 0;
  for (const delivery of session.deliveries.values()) if (delivery.inFlight) count += 1;
  return count;
}
